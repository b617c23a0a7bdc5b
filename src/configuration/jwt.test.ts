import { expect, test } from 'vitest';
import { compileSnapshot } from './compile-snapshot.ts';
import { parseConfig } from './parse-config.ts';

const TEXT = `version: 1
services:
  - name: shop
    upstream: http://127.0.0.1:3000
    routes:
      - match: { path: /a }
        scopes: [orders:read]
      - match: { path: /b }
        auth: { any: [apiKey] }
      - match: { path: /c }
        auth: { any: [jwt] }
jwt:
  issuers:
    - { issuer: a, audience: shop, jwks: { file: keys.json } }
    - { issuer: b, audience: [shop, till], jwksUri: "https://id.example/keys", clockTolerance: 1m, forwardToken: true }
`;

function parse(text: string, file: string) {
  return parseConfig(text, {
    readFile(name) {
      if (name !== 'keys.json') throw new Error(`asked for ${name}`);
      return file;
    },
  });
}

test('issuers are compiled with their defaults; "required" takes tokens as well; scopes may be held by tokens', () => {
  const parsed = parse(TEXT, '{"keys":[{"kty":"EC","kid":"1"}]}');
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  expect(parsed.warnings).toEqual([]);
  const snapshot = compileSnapshot(parsed.config, { revision: 1, lock: null });
  expect(snapshot.routes.map(({ auth }) => auth)).toEqual([['apiKey', 'jwt'], ['apiKey'], ['jwt']]);
  expect(snapshot.jwtIssuers).toEqual([
    {
      issuer: 'a',
      audience: ['shop'],
      keys: { set: { keys: [{ kty: 'EC', kid: '1' }] } },
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clockToleranceMs: 30_000,
      consumerClaim: 'sub',
      scopesClaim: 'scope',
      attributes: {},
      record: 'hash',
      forwardToken: false,
    },
    expect.objectContaining({ keys: { uri: 'https://id.example/keys' }, clockToleranceMs: 60_000, forwardToken: true }),
  ]);
});

test.each([
  ['no JSON', '{'],
  ['no key set', '{"key":[]}'],
])('a file of keys that holds %s is a fault at its name', (_, file) => {
  const parsed = parse(TEXT, file);
  expect('faults' in parsed && parsed.faults).toMatchObject([
    {
      code: 'jwks-file',
      place: 'jwt.issuers[0].jwks.file',
      line: 14,
      message: '"keys.json" cannot be read as a set of keys.',
    },
  ]);
});

test('a private key in a file is a fault', () => {
  const parsed = parse(TEXT, '{"keys":[{"kty":"EC","d":"secret"}]}');
  expect('faults' in parsed && parsed.faults).toMatchObject([{ code: 'jwks-private', line: 14 }]);
  expect(JSON.stringify(parsed)).not.toContain('secret"');
});
