import { expect, test } from 'vitest';
import { isThisComputer, tidyAddress, withList } from './block-list.ts';

test('a list is put in its place, and nothing is left of empty ones', () => {
  expect(withList({}, 'deny', ['203.0.113.7'])).toEqual({ deny: ['203.0.113.7'] });
  expect(withList({ deny: ['203.0.113.7'], allow: ['192.0.2.1'] }, 'deny', [])).toEqual({ allow: ['192.0.2.1'] });
  expect(withList({ deny: ['203.0.113.7'] }, 'deny', [])).toBeNull();
});

test.each([
  [' 203.0.113.7 ', '203.0.113.7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['2001:db8::/32', '2001:db8::/32'],
  ['nobody', 'nobody'],
])('%j is taken as %j', (pasted, taken) => {
  expect(tidyAddress(pasted)).toBe(taken);
});

test('the computer itself is known', () => {
  expect(['127.0.0.1', '::1', '203.0.113.7', '2001:db8::1'].map(isThisComputer)).toEqual([true, true, false, false]);
});
