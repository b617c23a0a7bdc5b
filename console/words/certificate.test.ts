import { expect, test } from 'vitest';
import { certificateState } from './certificate.ts';

const DAY = 86_400_000;

test.each([
  [22, 'holds'],
  [21, 'endsSoon'],
  [0.1, 'endsSoon'],
  [0, 'over'],
  [-1, 'over'],
])('%f days before its end: %s', (days, state) => {
  expect(certificateState(days * DAY, 0)).toBe(state);
});
