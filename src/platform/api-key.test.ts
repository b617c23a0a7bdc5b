import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiKeyHint, classifyApiKey, createApiKey, hashApiKey, randomBase62 } from './api-key.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const key = fc.constant(null).map(() => createApiKey());

describe('the format of a key', () => {
  test('a new key has the documented shape and is well-formed', () => {
    for (let i = 0; i < 500; i += 1) {
      const text = createApiKey();
      expect(text).toMatch(/^nl_live_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}$/);
      expect(classifyApiKey(text)).toBe('well-formed');
    }
  });

  test('a key made once stays well-formed in every later version', () => {
    // Written down, so that a change of the checksum cannot pass unseen: keys in customers' hands must go on working.
    // The checksum was computed by another implementation of CRC-32.
    expect(classifyApiKey('nl_live_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345_0YaxZc')).toBe('well-formed');
    expect(classifyApiKey('nl_live_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345_0YaxZd')).toBe('mistyped');
  });

  test('any single wrong character is a typing error', () => {
    fc.assert(
      fc.property(key, fc.nat(), fc.constantFrom(...BASE62), (text, at, other) => {
        const place = 8 + (at % (text.length - 8));
        fc.pre(text[place] !== other && text[place] !== '_');
        const wrong = text.slice(0, place) + other + text.slice(place + 1);
        expect(classifyApiKey(wrong)).toBe('mistyped');
      }),
      { numRuns: 2000 },
    );
  });

  test('two swapped neighbours, a lost end and a doubled character are typing errors', () => {
    fc.assert(
      fc.property(key, fc.nat(), (text, at) => {
        const place = 8 + (at % 31);
        const [a = '', b = ''] = text.slice(place, place + 2);
        if (a !== b) {
          expect(classifyApiKey(text.slice(0, place) + b + a + text.slice(place + 2))).toBe('mistyped');
        }
        expect(classifyApiKey(text.slice(0, -1 - (at % 20)))).toBe('mistyped');
        expect(classifyApiKey(text.slice(0, place) + a + text.slice(place))).toBe('mistyped');
      }),
    );
  });

  test('text that is not ours is foreign, and no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(classifyApiKey(text)).toBe(text.startsWith('nl_') ? 'mistyped' : 'foreign');
      }),
    );
    expect(classifyApiKey('')).toBe('foreign');
    expect(classifyApiKey('sk_live_abcdefghijklmnop')).toBe('foreign');
  });

  test('keys do not repeat and every digit is about equally frequent', () => {
    const counts = new Map<string, number>();
    for (const char of randomBase62(310_000)) counts.set(char, (counts.get(char) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 5,000 expected each; a modulo bias would put eight of the digits at about 6,250.
    for (const count of counts.values()) expect(Math.abs(count - 5_000)).toBeLessThan(600);
    expect(new Set(Array.from({ length: 1_000 }, createApiKey)).size).toBe(1_000);
  });

  test('the hash is the hex SHA-256 of the whole key and the hint shows six characters of it', () => {
    const text = createApiKey();
    expect(hashApiKey(text)).toBe(createHash('sha256').update(text).digest('hex'));
    expect(apiKeyHint(text)).toBe(`${text.slice(0, 11)}…${text.slice(37, 40)}`);
  });
});
