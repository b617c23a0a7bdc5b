import { expect, test } from 'vitest';
import { SeenDeliveries } from './seen-deliveries.ts';

test('a delivery counts until its time is over, or until it turns out not to have been taken', () => {
  const seen = new SeenDeliveries();
  const first = seen.begin('stripe', 'a', 1_000, 500);
  expect(first).not.toBeNull();
  expect(seen.begin('stripe', 'a', 1_499, 500)).toBeNull();
  expect(seen.begin('github', 'a', 1_499, 500)).not.toBeNull();
  first?.settle(true);
  expect(seen.begin('stripe', 'a', 1_499, 500)).toBeNull();
  const second = seen.begin('stripe', 'a', 1_500, 500);
  second?.settle(false);
  expect(seen.begin('stripe', 'a', 1_501, 500)).not.toBeNull();
});

test('entries that are gone are forgotten, the others not', () => {
  const seen = new SeenDeliveries();
  seen.begin('stripe', 'a', 0, 500);
  seen.begin('github', 'a', 0, 500);
  seen.retain(new Set(['stripe']));
  expect(seen.begin('stripe', 'a', 1, 500)).toBeNull();
  expect(seen.begin('github', 'a', 1, 500)).not.toBeNull();
});

test('20,000 are remembered and no more: the oldest make room', () => {
  const seen = new SeenDeliveries();
  for (let at = 0; at < 20_000; at += 1) seen.begin('stripe', `m${at}`, at, 1_000_000);
  expect(seen.begin('stripe', 'm0', 20_000, 1_000_000)).toBeNull();
  expect(seen.begin('stripe', 'new', 20_000, 1_000_000)).not.toBeNull();
  expect(seen.begin('stripe', 'm1', 20_000, 1_000_000)).toBeNull();
  expect(seen.begin('stripe', 'm0', 20_000, 1_000_000)).not.toBeNull();
});
