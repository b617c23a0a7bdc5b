import { expect, test } from 'vitest';
import { addressLines, operationsOf, upstreamOf } from './service-more.ts';

test('addresses are taken apart and put together again', () => {
  const upstream = ['http://10.0.0.1', { url: 'http://10.0.0.2', weight: 3 }];
  const lines = addressLines(upstream, 'http://10.0.0.1');
  expect(lines).toEqual([
    { url: 'http://10.0.0.1', weight: 1 },
    { url: 'http://10.0.0.2', weight: 3 },
  ]);
  expect(upstreamOf(lines)).toEqual(upstream);
  expect(upstreamOf(addressLines(undefined, 'http://10.0.0.1'))).toBeNull();
});

test('operations of a description are counted', () => {
  const item = { get: {}, post: {}, parameters: [] };
  expect(operationsOf({ paths: { '/orders': item, '/orders/{id}': { delete: {} } } })).toEqual([
    'GET /orders',
    'POST /orders',
    'DELETE /orders/{id}',
  ]);
  for (const odd of [null, 7, {}, { paths: null }, { paths: { '/a': null } }]) expect(operationsOf(odd)).toEqual([]);
});
