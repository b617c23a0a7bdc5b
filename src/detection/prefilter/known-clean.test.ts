import { expect, it } from 'vitest';
import { inspect } from '../index.ts';
import { KnownClean } from './known-clean.ts';

it('knows a value by itself under its name, and a token by its digest', () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64)';
  expect(KnownClean.keyOf('user-agent', agent)).toBe(agent);
  expect(KnownClean.keyOf('x-note', agent)).toBeNull();
  expect(KnownClean.keyOf('user-agent', 'x'.repeat(513))).toBeNull();
  expect(KnownClean.keyOf('authorization', 'Bearer secret')).not.toContain('secret');
  const known = new KnownClean();
  known.add('user-agent', agent);
  expect([known.has('user-agent', agent), known.has('referer', agent)]).toEqual([true, false]);
});

it('what was clean once says nothing of another value, nor of the same in another header', () => {
  const ask = (headers: string[]) => inspect({ method: 'GET', target: '/', headers, body: null }).attack;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (sub: string) => `Bearer ${part({ alg: 'ES256' })}.${part({ sub })}.c2lnbmF0dXJl`;
  for (let i = 0; i < 3; i++) {
    expect(ask(['User-Agent', 'curl/8.5.0', 'Authorization', token('anna')])).toBe(false);
    expect(ask(['User-Agent', '() { :;}; /bin/cat /etc/passwd'])).toBe(true);
    expect(ask(['Authorization', token("' union select password from users--")])).toBe(true);
  }
});
