import { describe, expect, test } from 'vitest';
import type { ActivityDetail } from '../../src/contracts/api/activity.ts';
import { DENIALS } from '../../src/contracts/errors/denials.ts';
import { explain, outcomeOf, reasonInWords } from './denial.ts';
import { english } from './testdata/english.ts';

const CODES = Object.keys(DENIALS);
const REFUSED: ActivityDetail = {
  cursor: 'c',
  id: '01JD4Z',
  time: '2026-11-23T12:00:00.000Z',
  direction: 'inbound',
  service: 'shop',
  route: 'GET /orders',
  method: 'GET',
  path: '/orders',
  status: 401,
  code: 'key-missing',
  consumer: null,
  key: null,
  address: '203.0.113.7',
  bytesIn: 0,
  bytesOut: 0,
  durationMs: 1,
  upstreamMs: null,
  would: false,
  personal: {},
  decisions: [],
  revision: 1,
  gateway: 'g',
  aborted: null,
  ended: null,
  neededScopes: [],
  keyScopes: [],
  similarLastDay: 0,
};

test('there are refusals to explain', () => {
  expect(CODES.length).toBeGreaterThanOrEqual(30);
});

describe.each(CODES)('%s', (code) => {
  test('has words for the owner and for the developer', () => {
    const words = explain(english.t, { ...REFUSED, code });
    expect(words).not.toBeNull();
    for (const text of [reasonInWords(english.t, code), ...Object.values(words ?? {})]) {
      expect(text).not.toMatch(/^denials\./);
      expect(text).not.toContain('{{');
      expect(text.length).toBeGreaterThan(8);
    }
    expect(words?.saw).toMatch(/^Somebody at 203\.0\.113\.7 .*\.$/);
  });
});

test.each([
  ['revoked', 'taken back'],
  ['expired', 'run out'],
  ['no such key', 'nobody here knows'],
])('a key that is %s has its own words', (detail, words) => {
  const decisions = [{ policy: 'authenticate', decision: 'deny' as const, code: 'key-invalid', detail }];
  expect(explain(english.t, { ...REFUSED, code: 'key-invalid', decisions })?.saw).toContain(words);
});

test('a known caller is named', () => {
  expect(explain(english.t, { ...REFUSED, code: 'scope-missing', consumer: 'till' })?.saw).toMatch(
    /^till asked for GET/,
  );
});

test('a call that was let in, and a code newer than this page, are not explained away', () => {
  expect(explain(english.t, { ...REFUSED, code: null })).toBeNull();
  expect(explain(english.t, { ...REFUSED, code: 'brand-new' })).toBeNull();
  expect(reasonInWords(english.t, 'brand-new')).toBe('brand-new');
});

test.each([
  [{ code: null, status: 200 }, 'let-in'],
  [{ code: null, status: 404 }, 'let-in'],
  [{ code: null, status: 503 }, 'failed'],
  [{ code: null, status: 200, aborted: 'upstream' as const }, 'failed'],
  [{ code: 'upstream-timeout', status: 504 }, 'failed'],
  [{ code: 'locked', status: 503 }, 'turned-away'],
])('%o', (call, outcome) => {
  expect(outcomeOf(call)).toBe(outcome);
});

test('trouble at a vendor is not laid at the door of the own API', () => {
  const words = explain(english.t, { ...REFUSED, code: 'upstream-timeout', direction: 'outbound', service: 'stripe' });
  expect(words?.saw).toContain('stripe');
  expect(Object.values(words ?? {}).join(' ')).not.toContain('your API');
  expect(reasonInWords(english.t, 'upstream-timeout', 'outbound')).not.toContain('your API');
});
