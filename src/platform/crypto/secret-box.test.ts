import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox } from './secret-box.ts';

const box = createSecretBox(randomBytes(32));

test('opens what it sealed, in any script', () => {
  expect(box.open(box.seal('Grüße 🔑', 'accounts.totp:1'), 'accounts.totp:1')).toBe('Grüße 🔑');
});

test('the same secret never looks the same twice', () => {
  expect(box.seal('a', 'c')).not.toBe(box.seal('a', 'c'));
});

test.each([
  ['another row', (sealed: string) => box.open(sealed, 'accounts.totp:2')],
  ['another key', (sealed: string) => createSecretBox(randomBytes(32)).open(sealed, 'accounts.totp:1')],
  ['altered', (sealed: string) => box.open(flipLast(sealed), 'accounts.totp:1')],
  ['cut short', (sealed: string) => box.open(sealed.slice(0, 20), 'accounts.totp:1')],
  ['no version', () => box.open('hello', 'accounts.totp:1')],
])('refuses %s', (_, open) => {
  expect(() => open(box.seal('secret', 'accounts.totp:1'))).toThrow(
    expect.objectContaining({ code: 'secret-unreadable' }),
  );
});

function flipLast(sealed: string): string {
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  return `v1.${bytes.toString('base64url')}`;
}
