import { expect, test } from 'vitest';
import { createCounterMemory } from '../../../../storage/counters/counter-memory.ts';
import { createSharedCounters } from '../../../../storage/counters/shared-counters.ts';
import { SeenDeliveries } from './seen-deliveries.ts';

/** Two threads' views of the same memory; their clocks are the same here. */
function twoThreads(capacity = 1024) {
  const memory = createCounterMemory({ capacity });
  const counters = [createSharedCounters(memory, 0), createSharedCounters(memory, 1)] as const;
  return { one: new SeenDeliveries(counters[0]), other: new SeenDeliveries(counters[1]), counters };
}

test('a delivery counts until its time is over, or until it turns out not to have been taken', () => {
  const { one: seen } = twoThreads();
  const first = seen.begin('stripe', 'a', 1_000, 500);
  expect(first).not.toBeNull();
  expect(seen.begin('stripe', 'a', 1_499, 500)).toBeNull();
  expect(seen.begin('github', 'a', 1_499, 500)).not.toBeNull();
  first?.settle(true);
  expect(seen.begin('stripe', 'a', 1_499, 500)).toBeNull();
  const second = seen.begin('stripe', 'a', 1_501, 500);
  second?.settle(false);
  expect(seen.begin('stripe', 'a', 1_502, 500)).not.toBeNull();
});

test('what one thread has seen, the other has', () => {
  const { one, other } = twoThreads();
  one.begin('stripe', 'a', 0, 500)?.settle(true);
  expect(other.begin('stripe', 'a', 1, 500)).toBeNull();
  one.begin('stripe', 'b', 0, 500)?.settle(false);
  expect(other.begin('stripe', 'b', 1, 500)).not.toBeNull();
});

test('of a thread that ended, what it had not brought to the application may come again, and what it had may not', () => {
  const { one, other, counters } = twoThreads();
  one.begin('stripe', 'on its way', 0, 500);
  one.begin('stripe', 'taken', 0, 500)?.settle(true);
  other.begin('stripe', 'elsewhere', 0, 500);
  counters[1].forgetWorker(0);
  expect(other.begin('stripe', 'on its way', 1, 500)).not.toBeNull();
  expect(other.begin('stripe', 'taken', 1, 500)).toBeNull();
  expect(other.begin('stripe', 'elsewhere', 1, 500)).toBeNull();
});

test('20,000 are remembered, and nearly all of them exactly', () => {
  const { one } = twoThreads(65_536);
  for (let at = 0; at < 20_000; at += 1) one.begin('stripe', `m${at}`, 1, 1_000_000)?.settle(true);
  let again = 0;
  for (let at = 0; at < 20_000; at += 1) if (one.begin('stripe', `m${at}`, 2, 1_000_000) !== null) again += 1;
  expect(again).toBeLessThan(60);
});
