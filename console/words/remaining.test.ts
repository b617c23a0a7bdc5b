import { expect, test } from 'vitest';
import { remainingInWords } from './remaining.ts';
import { english } from './testdata/english.ts';

const HOUR = 3_600_000;

test.each([
  [30 * 24 * HOUR, '30 days'],
  [72 * HOUR - 5_000, '3 days'],
  [47.6 * HOUR, '2 days'],
  [26.2 * HOUR, '26 hours'],
  [HOUR, 'an hour'],
  [59.6 * 60_000, 'an hour'],
  [12.4 * 60_000, '12 minutes'],
  [5_000, 'a minute'],
  [0, 'a minute'],
])('%i ms are said to be %s', (ms, words) => {
  expect(remainingInWords(english.t, ms)).toBe(words);
});
