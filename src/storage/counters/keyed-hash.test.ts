import { expect, it } from 'vitest';
import { KeyedHash } from './keyed-hash.ts';

const sum = (hash: KeyedHash, text: string) => {
  hash.hash(text);
  return `${hash.high} ${hash.low}`;
};

it('tells texts apart, spreads them evenly, and depends on its key', () => {
  const hash = new KeyedHash(1, 2);
  const seen = new Set<string>();
  const buckets = new Array<number>(64).fill(0);
  const texts = Array.from({ length: 64_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
  for (const text of texts) {
    seen.add(sum(hash, text));
    buckets[hash.low & 63] = (buckets[hash.low & 63] ?? 0) + 1;
  }
  expect(seen.size).toBe(64_000);
  // A thousand each; 200 off would be more than six standard deviations.
  expect(Math.min(...buckets)).toBeGreaterThan(800);
  expect(Math.max(...buckets)).toBeLessThan(1_200);
  const other = new KeyedHash(1, 3);
  expect(texts.filter((text) => seen.has(sum(other, text)))).toEqual([]);
});

it('takes length and every unit into account', () => {
  const hash = new KeyedHash(7, 9);
  const texts = ['', '\0', '\0\0', '\0\0\0', 'a', 'aa', 'ab', 'ba', 'b', 'ａ', '😀'];
  expect(new Set(texts.map((text) => sum(hash, text))).size).toBe(texts.length);
  expect(sum(hash, 'a')).toBe(sum(hash, 'a'));
});
