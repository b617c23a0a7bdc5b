import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveCalls, type LiveMessage } from './live.ts';
import { presentEvent } from './present.ts';
import { call } from './testdata/record.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const calls = (count: number) => Array.from({ length: count }, (_, n) => presentEvent({ event: call(n + 1), n }));

test('each view is shown a bounded number of calls a second and told how many it missed', () => {
  const live = new LiveCalls();
  const got: LiveMessage[] = [];
  const leave = live.watch((message) => got.push(message) > 0);
  live.publish(calls(100));
  expect(got).toHaveLength(20);
  vi.advanceTimersByTime(1_000);
  expect(got.at(-1)).toEqual({ event: 'skipped', data: { count: 80 } });
  live.publish(calls(1));
  expect(got).toHaveLength(22);
  leave();
  live.publish(calls(1));
  expect(got).toHaveLength(22);
  expect(live.viewers).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('a view whose connection is behind gets nothing more until the next second, and the others lose nothing', () => {
  const live = new LiveCalls();
  const slow: LiveMessage[] = [];
  const quick: LiveMessage[] = [];
  live.watch((message) => slow.push(message) < 0);
  live.watch((message) => quick.push(message) > 0);
  live.publish(calls(5));
  expect(slow).toHaveLength(1);
  expect(quick).toHaveLength(5);
  vi.advanceTimersByTime(1_000);
  expect(slow.at(-1)).toEqual({ event: 'skipped', data: { count: 4 } });
});
