import { join } from 'node:path';
import { checkSync } from 'recheck';
import { expect, it } from 'vitest';
import { regularExpressionsIn } from './regular-expressions.ts';

const DETECTION = join(import.meta.dirname, '..', '..', 'src', 'detection');

/**
 * Whether an expression repeats nothing without an end. Then it looks at a bounded piece of text from each place, which is linear by
 * construction; how long the piece may be is for `npm run bench -- detection` to judge, with its hostile texts.
 */
function isBounded(pattern: string): boolean {
  const bare = pattern.replace(/\\./gs, '').replace(/\[[^\]]*\]/g, '');
  return !/[*+]|\{\d+,\}/.test(bare);
}

/** The name of an expression whose time grows faster than its text, or that could not be judged; null for a safe one. */
function unsafe(pattern: string, flags: string): string | null {
  if (isBounded(pattern)) return null;
  const verdict = checkSync(pattern, flags, { timeout: 10_000, randomSeed: 1 });
  return verdict.status === 'safe' ? null : `${verdict.status}: /${pattern}/${flags}`;
}

it('no regular expression of the attack filter can be made to take long', { timeout: 300_000 }, () => {
  const found = regularExpressionsIn(DETECTION);
  expect(found.length).toBeGreaterThan(20);
  const judged = new Map(found.map(({ pattern, flags, file }) => [`/${pattern}/${flags}`, { pattern, flags, file }]));
  const blamed = [...judged.values()].flatMap(({ pattern, flags, file }) => {
    const fault = unsafe(pattern, flags);
    return fault === null ? [] : [`${file}: ${fault}`];
  });
  expect(blamed).toEqual([]);
});

it('knows one when it sees it', () => {
  expect(unsafe('^(a+)+$', '')).toContain('vulnerable');
  expect(unsafe('\\s+$', '')).toContain('vulnerable');
  expect(unsafe('^[a-z]+$', '')).toBeNull();
  expect([isBounded('a{0,9}\\+[+*]'), isBounded('a{3,}'), isBounded('a*')]).toEqual([true, false, false]);
});
