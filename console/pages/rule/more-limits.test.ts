import { expect, test } from 'vitest';
import { limitLine, limitOf } from './more-limits.ts';

test.each([
  { key: 'route', quota: 1000, window: '1m' },
  { key: 'query.shop', quota: 10, per: 'day', cost: 5 },
  { key: 'body.order.email', quota: 3, window: '15m', name: 'orders' },
] as const)('%j is read and written', (limit) => {
  const line = limitLine(limit);
  expect(line).not.toBeNull();
  expect(line && limitOf(line)).toEqual(limit);
});

test.each([
  { use: 'shared', cost: 2 },
  { key: 'consumer+query.shop', quota: 1, window: '1m' },
] as const)('%j is left to the text', (limit) => {
  expect(limitLine(limit)).toBeNull();
});
