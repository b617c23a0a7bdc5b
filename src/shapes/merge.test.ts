import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_SIZE } from './limits.ts';
import { shapeOf } from './observe.ts';
import { mergeOperations } from './operation.ts';
import { mergeParts, partOf, sizeOf } from './part.ts';
import { call, observed } from './testdata/arbitrary-traffic.ts';

const part = (value: unknown) => {
  const shape = shapeOf(value);
  if (shape === null) throw new Error('too large');
  return partOf(shape);
};

describe('merging', () => {
  test('the order and the grouping make no difference', () => {
    fc.assert(
      fc.property(fc.array(call, { minLength: 3, maxLength: 7 }), fc.nat(), (calls, at) => {
        const all = calls.map((one, index) => observed(one, index));
        const split = 1 + (at % (all.length - 1));
        const left = all.reduce(mergeOperations);
        const reversed = all.toReversed().reduce(mergeOperations);
        const grouped = mergeOperations(
          all.slice(0, split).reduce(mergeOperations),
          all.slice(split).reduce(mergeOperations),
        );
        expect(reversed).toEqual(left);
        expect(grouped).toEqual(left);
        expect(JSON.parse(JSON.stringify(left))).toEqual(left);
      }),
      { numRuns: 300 },
    );
  });

  test('nor where it becomes too much and the depth is let go', () => {
    const wide = (from: number, depth: number): unknown =>
      depth === 0
        ? 'x'
        : Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`m${from + i}`, wide(from, depth - 1)]));
    const parts = [wide(0, 3), wide(12, 3), wide(30, 3), { m0: [{ m1: { m2: {} } }] }].map(part);
    const [a, b, c, d] = parts;
    if (!a || !b || !c || !d) throw new Error('four parts');
    const one = mergeParts(mergeParts(mergeParts(a, b), c), d);
    expect(mergeParts(a, mergeParts(b, mergeParts(c, d)))).toEqual(one);
    expect(mergeParts(mergeParts(d, c), mergeParts(b, a))).toEqual(one);
    expect(one.depth).toBeLessThan(4);
    expect(sizeOf(one.shape)).toBeLessThanOrEqual(MOST_SIZE);
  });
});
