import { expect, it } from 'vitest';
import { createRequestId } from './request-id.ts';

it('makes ULIDs: 26 characters, sorted by time, never twice', () => {
  const ids = Array.from({ length: 20_000 }, (_, i) => createRequestId(1_700_000_000_000 + Math.floor(i / 10)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(id))).toBe(true);
  const times = ids.map((id) => id.slice(0, 10));
  expect(times).toEqual([...times].sort());
});

it('writes the time as the specification does', () => {
  // 2016-07-30T22:36:16.385Z is the example of https://github.com/ulid/javascript: 01ARYZ6S41.
  expect(createRequestId(1_469_918_176_385).slice(0, 10)).toBe('01ARYZ6S41');
});
