import { expect, it } from 'vitest';
import { quantile, spreadOf } from './statistics.ts';

it('finds the middle and the middle half, whatever the order', () => {
  expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, q1: 2, q3: 4 });
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, q1: 1.25, q3: 1.75 });
  expect(spreadOf([7])).toEqual({ median: 7, q1: 7, q3: 7 });
});

it('sorts numbers as numbers', () => {
  expect(spreadOf([100, 9, 20]).median).toBe(20);
});

it('says so when there is nothing to look at', () => {
  expect(() => quantile([], 0.5)).toThrow(RangeError);
});
