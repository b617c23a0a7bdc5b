import { expect, test } from 'vitest';
import { limitInWords, readDuration, spanInWords } from './limit.ts';
import { english } from './testdata/english.ts';

const CASES = [
  [{ key: 'address', quota: 5, window: '1m' }, 'at most 5 calls in a minute from one address'],
  [{ key: 'address', quota: 1, window: '10s' }, 'at most 1 call in 10 seconds from one address'],
  [{ key: 'consumer', quota: 120, window: '60s' }, 'at most 120 calls in a minute by one key holder'],
  [{ key: 'consumer', quota: 1000, window: '1d' }, 'at most 1000 calls in a day by one key holder'],
  [{ key: 'body.email', quota: 5, window: '15m' }, 'at most 5 calls in 15 minutes with the same “email”'],
  [{ key: 'body.user.name', quota: 2, window: '90s' }, 'at most 2 calls in 90 seconds with the same “user.name”'],
] as const;

test.each(CASES)('%o', (limit, words) => {
  expect(limitInWords(english.t, { ...limit })).toBe(words);
});

test.each([
  ['500ms', '500 milliseconds'],
  ['1s', 'a second'],
  ['3600s', 'an hour'],
  ['24h', 'a day'],
  ['48h', '2 days'],
  ['61m', '61 minutes'],
  ['soon', 'soon'],
])('a span of %s', (text, words) => {
  expect(spanInWords(english.t, text)).toBe(words);
});

test('what is no length of time is told apart', () => {
  expect(readDuration('10')).toBeNull();
  expect(readDuration('10s')).toEqual({ count: 10, unit: 's' });
});
