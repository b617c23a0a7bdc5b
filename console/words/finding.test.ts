import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { en } from '../messages/en.ts';
import { exceptionInWords } from './exception.ts';
import { lengthOfTime, whyInWords } from './finding.ts';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } }),
);

test.each([
  ['body.note: maxLength', '“note” is too long'],
  ['body.items[].quantity: type', '“quantity” is of the wrong kind'],
  ['body.{…}: additionalProperties', 'a part of it is not expected'],
  ['body: required', 'a part of it is missing'],
  ['query.page: unheardOf', '“page” does not fit'],
])('%s is told as %s', (about, words) => {
  expect(whyInWords(i18n, { about, code: 'input-invalid', policy: 'validate' })).toBe(words);
});

test.each([
  ['answer-covered', 'card numbers or secrets in the answer'],
  ['rate-limited', en.denials['rate-limited'].reason],
  ['newer-than-this-page', 'newer-than-this-page'],
])('without a fault the code %s speaks', (code, words) => {
  expect(whyInWords(i18n, { about: null, code, policy: 'p' })).toBe(words);
});

test('how long ago', () => {
  const hour = 3_600_000;
  const lengths = [20_000, 5 * 60_000, hour, 5 * hour, 47 * hour, 6.9 * 24 * hour];
  expect(lengths.map((ms) => lengthOfTime(i18n.t, ms))).toEqual([
    ...['a minute', '5 minutes', 'an hour', '5 hours', '47 hours', '7 days'],
  ]);
});

const exception = { policy: 'validate', service: 'shop', route: 'POST /orders' } as const;
test.each([
  [
    { ...exception, consumer: 'till', places: ['body.note'] },
    'Calls by till on POST /orders of shop are let through even if “note” does not fit.',
  ],
  [
    { ...exception, policy: 'rate-limit-address' as const, code: 'rate-limited', address: '203.0.113.7' },
    'Calls by the address 203.0.113.7 on POST /orders of shop are let through even if they are more than the limit allows.',
  ],
  [
    { ...exception, policy: 'response-guard' as const, code: 'answer-covered' },
    'Answers to everybody on POST /orders of shop leave as they are, even if there is something in them: card numbers or secrets.',
  ],
])('what an exception allows is said', (one, words) => {
  expect(exceptionInWords(i18n, one)).toBe(words);
});
