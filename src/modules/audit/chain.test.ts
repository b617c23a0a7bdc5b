import { expect, test } from 'vitest';
import { CHAIN_START, canonicalJson, chainHash } from './chain.ts';

test('one value has one spelling, whatever the order of its keys', () => {
  expect(canonicalJson({ b: [1, null, { d: 'ü"', c: undefined }], a: 1e21 })).toBe(
    '{"a":1e+21,"b":[1,null,{"d":"ü\\""}]}',
  );
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
});

test('the hash of an entry never changes from version to version', () => {
  const entry = { seq: 1, at: 1_767_603_600_000, actorKind: 'cli', actorId: 'cli', actorName: 'command line' };
  expect(chainHash(CHAIN_START, { ...entry, action: 'key.create', subject: 'shop', detail: { scopes: ['a'] } })).toBe(
    '15fdc7cf52ca4e377b59b54023f612135a02f34aee8bfba9e49a9e2604329d75',
  );
});
