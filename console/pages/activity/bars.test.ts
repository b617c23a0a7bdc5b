import { expect, test } from 'vitest';
import { barsOf, HEIGHT, WIDTH } from './bars.ts';

const bucket = (letIn: number, turnedAway: number, failed: number) => ({
  start: '2026-11-23T12:00:00.000Z',
  letIn,
  turnedAway,
  failed,
});

test('a quiet day has no bars', () => {
  expect(barsOf([bucket(0, 0, 0)])).toEqual({ bars: [], most: 0 });
});

test('bars stand on one another and stay in the picture', () => {
  const { bars, most } = barsOf([bucket(900, 30, 70), bucket(0, 1, 0)]);
  expect(most).toBe(1000);
  expect(bars.map((bar) => bar.outcome)).toEqual(['let-in', 'turned-away', 'failed', 'turned-away']);
  for (const bar of bars) {
    expect(bar.y).toBeGreaterThanOrEqual(0);
    expect(bar.y + bar.height).toBeLessThanOrEqual(HEIGHT + 0.001);
    expect(bar.x + bar.width).toBeLessThanOrEqual(WIDTH);
  }
  const [first, second] = bars;
  expect((second?.y ?? 0) + (second?.height ?? 0)).toBeCloseTo(first?.y ?? -1);
});

test('one call among thousands is still seen', () => {
  const { bars } = barsOf([bucket(5000, 0, 0), bucket(0, 1, 0)]);
  expect(bars.at(-1)?.height).toBeGreaterThan(2);
});
