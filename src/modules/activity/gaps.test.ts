import { expect, test } from 'vitest';
import type { GapEvent } from '../../contracts/events/gateway-event.ts';
import { type Gap, uncovered, withDeclared, withHole } from './gaps.ts';

const T = Date.UTC(2026, 0, 5);
const gap = (first: number, last: number, reason: Gap['reason'] = 'missing'): Gap => ({
  ...{ first, last, reason, lost: last - first + 1, time: T },
});
const line = (seq: number, from: number, to: number): GapEvent => ({
  ...{ type: 'gap', seq, from, to, reason: 'size-cap', time: new Date(T).toISOString() },
});
const ranges = (gaps: readonly Gap[]) => gaps.map(({ first, last, reason }) => `${first}-${last} ${reason}`).toSorted();

test.each([
  ['nothing known', [], [[1, 9]]],
  ['all known', [gap(1, 9)], []],
  [
    'the middle known',
    [gap(4, 5)],
    [
      [1, 3],
      [6, 9],
    ],
  ],
  ['both ends known', [gap(0, 2), gap(8, 12)], [[3, 7]]],
  [
    'overlapping',
    [gap(2, 6), gap(3, 4)],
    [
      [1, 1],
      [7, 9],
    ],
  ],
])('what of 1 to 9 is uncovered: %s', (_, known, expected) => {
  expect(uncovered(1, 9, known as Gap[])).toEqual((expected as number[][]).map(([first, last]) => ({ first, last })));
});

test('a hole is counted once', () => {
  expect(ranges(withHole([gap(3, 4, 'size-cap')], 1, 6, 'missing', T))).toEqual([
    '1-2 missing',
    '3-4 size-cap',
    '5-6 missing',
  ]);
});

test.each([
  ['explains a hole', [gap(100, 200)], line(201, 100, 200), ['100-200 size-cap']],
  [
    'explains part of a hole',
    [gap(100, 200)],
    line(201, 150, 160),
    ['100-149 missing', '150-160 size-cap', '161-200 missing'],
  ],
  ['says nothing new about what was stored', [], line(201, 100, 200), []],
  [
    'stands in place of what it tells of',
    [gap(100, 199)],
    line(200, 100, 200),
    ['100-199 size-cap', '200-200 size-cap'],
  ],
  ['tells of what lies ahead', [], line(100, 100, 200), ['100-200 size-cap']],
  ['leaves other reasons alone', [gap(100, 120, 'damaged')], line(201, 100, 200), ['100-120 damaged']],
])('a gap line that %s', (_, known, event, expected) => {
  expect(ranges(withDeclared(known as Gap[], event as GapEvent))).toEqual(expected);
});
