import { expect, test } from 'vitest';
import { newReadableCode, normaliseReadableCode } from './readable-code.ts';

test('has groups of four without letters that are mistaken for others', () => {
  for (let run = 0; run < 200; run += 1) {
    expect(newReadableCode(3)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
  }
});

test.each([
  ['7k3m-q0zd', '7K3MQ0ZD'],
  [' 7K3M QOZD ', '7K3MQ0ZD'],
  ['l1I1-oO00', '11110000'],
])('%j means %s', (typed, meant) => {
  expect(normaliseReadableCode(typed)).toBe(meant);
});
