import { argon2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassphrase, isOutdated, verifyPassphrase } from './passphrase-hash.ts';

test('is a PHC string of argon2id that knows its pass phrase', async () => {
  const stored = await hashPassphrase('quiet harbour violet tractor');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await verifyPassphrase('quiet harbour violet tractor', stored)).toBe(true);
  expect(await verifyPassphrase('quiet harbour violet tractoR', stored)).toBe(false);
  expect(await hashPassphrase('quiet harbour violet tractor')).not.toBe(stored);
});

test('an "ü" is the same however the keyboard composes it', async () => {
  expect(await verifyPassphrase('gru\u0308n', await hashPassphrase('gr\u00fcn'))).toBe(true);
});

test('older parameters are still read, and told to be outdated', async () => {
  const salt = Buffer.alloc(16, 7);
  const cost = { memory: 1024, passes: 3, parallelism: 1, tagLength: 32 };
  const hash = argon2Sync('argon2id', { message: 'words', nonce: salt, ...cost });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  const stored = `$argon2id$v=19$m=1024,t=3,p=1$${text(salt)}$${text(hash)}`;
  expect(await verifyPassphrase('words', stored)).toBe(true);
  expect(isOutdated(stored)).toBe(true);
  expect(isOutdated(await hashPassphrase('words'))).toBe(false);
});

test('what is no PHC string is refused loudly', async () => {
  await expect(verifyPassphrase('words', 'words')).rejects.toThrow('PHC');
});
