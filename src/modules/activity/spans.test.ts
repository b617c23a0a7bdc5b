import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEVELS_MS, piecesOf } from './spans.ts';

const MINUTE = 60_000;

test('the pieces of a span follow one another without hole or overlap and begin at full spans', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3_000_000, max: 40_000_000 }), fc.nat(600_000), (startMinute, minutes) => {
      const from = startMinute * MINUTE;
      const to = from + minutes * MINUTE;
      let at = from;
      for (const piece of piecesOf(from, to)) {
        const span = LEVELS_MS[piece.level] ?? Number.NaN;
        expect(piece.from).toBe(at);
        expect(piece.to).toBeGreaterThan(piece.from);
        expect(Math.abs(piece.from % span)).toBe(0);
        expect(Math.abs(piece.to % span)).toBe(0);
        at = piece.to;
      }
      expect(at).toBe(to);
      expect(piecesOf(from, to).length).toBeLessThanOrEqual(5);
    }),
  );
});

test('a day that begins at half past nine is minutes, hours, hours, minutes', () => {
  const from = Date.UTC(2026, 0, 5, 9, 30);
  const levels = piecesOf(from, from + 86_400_000).map((piece) => piece.level);
  expect(levels).toEqual([0, 1, 0]);
});
