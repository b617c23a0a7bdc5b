import { expect, it } from 'vitest';
import { ORDERS_PER_HOUR, orderAllowedAt, renewalTime, retryDelay } from './when-to-order.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

it.each([
  [90, 60],
  [6, 4],
  [365, 335],
])('a certificate for %i days is renewed from day %i on, spread over a fiftieth of its life', (days, due) => {
  expect(renewalTime(0, days * DAY, 0)).toBe(due * DAY);
  expect(renewalTime(0, days * DAY, 1)).toBeCloseTo((due + days / 50) * DAY);
  expect(renewalTime(0, days * DAY, 1)).toBeLessThan(days * DAY);
});

it('waits twice as long after each failure, up to six hours', () => {
  const minutes = [1, 2, 3, 4, 9, 10, 50].map((failures) => retryDelay(failures, 0.5) / 60_000);
  expect(minutes).toEqual([1, 2, 4, 8, 256, 360, 360]);
  expect(retryDelay(1, 0)).toBeCloseTo(48_000);
  expect(retryDelay(1, 1)).toBeCloseTo(72_000);
});

it('allows an hour no more orders than it may hold', () => {
  const now = 100 * HOUR;
  const orders = Array.from({ length: ORDERS_PER_HOUR }, (_, i) => now - HOUR / 2 + i);
  expect(orderAllowedAt(orders.slice(1), now)).toBe(now);
  expect(orderAllowedAt(orders, now)).toBe(now + HOUR / 2);
  expect(orderAllowedAt(orders, now + HOUR)).toBe(now + HOUR);
  expect(
    orderAllowedAt(
      orders.map((time) => time + 50 * HOUR),
      now,
    ),
  ).toBe(now);
});
