import { expect, test } from 'vitest';
import { lengthInWords, momentInWords } from './moment.ts';
import { english } from './testdata/english.ts';

const NOON = new Date(2026, 10, 23, 12, 0, 0).getTime();
const ago = (hours: number, minutes = 0) => NOON - (hours * 60 + minutes) * 60_000;

test.each([
  [ago(0), /^just now$/],
  [ago(0, 1), /^a minute ago$/],
  [ago(0, 12), /^12 minutes ago$/],
  [ago(3), /^today at 0?9:00/],
  [ago(26), /^yesterday at 10:00/],
  [ago(24 * 300), /^\D*\d+\D+20\d\d$/],
  // The future: a key that ends.
  [ago(-5), /^today at (17|0?5):00/],
  [ago(-24 * 30), /2026$/],
])('%d', (at, words) => {
  expect(momentInWords(english.t, 'en', at, NOON)).toMatch(words);
});

test.each([
  [0.44, '0.4\u00a0ms'],
  [23.4, '23\u00a0ms'],
  [1840, '1.8\u00a0s'],
])('a length of %d ms', (ms, words) => {
  expect(lengthInWords(english.t, 'en', ms)).toBe(words);
});
