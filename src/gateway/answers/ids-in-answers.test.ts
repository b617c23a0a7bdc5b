import { expect, test } from 'vitest';
import { createdIds, listedIds } from './ids-in-answers.ts';

const NAMES = ['id', 'uuid', '_id', 'orderId', 'order_id'];

test.each([
  [{ id: 7 }, undefined, ['7']],
  [{ orderId: 'A-7' }, undefined, ['A-7']],
  [{ order: { id: 7 } }, undefined, ['7']],
  [{ order: { id: 7 }, customer: { id: 3 } }, undefined, ['7']],
  [{ receipt: { id: 7 }, customer: { id: 3 } }, undefined, []],
  [undefined, '/orders/7', ['7']],
  [undefined, 'https://shop.example/orders/a%20b/?x=/9', ['a b']],
  [{ id: '7' }, '/orders/7', ['7']],
  [{ id: {} }, undefined, []],
  [{ id: '' }, undefined, []],
  [{ id: 1.5 }, undefined, []],
  [[{ id: 7 }], undefined, []],
  ['7', undefined, []],
])('created: %j with Location %s names %j', (value, location, expected) => {
  expect(createdIds(value, NAMES, location)).toEqual(expected);
});

test.each([
  [
    [{ id: 1 }, { id: '2' }],
    ['1', '2'],
  ],
  [{ orders: [{ id: 1, items: [{ id: 9 }] }] }, ['1']],
  [{ total: 2, data: { items: [{ uuid: 'u' }] } }, ['u']],
  [{ tags: ['a'], orders: [{ order_id: 5 }] }, ['5']],
  [{ a: { b: { c: [{ id: 1 }] } } }, []],
  [{ orders: [] }, []],
  [[1, 2], []],
  [null, []],
])('listed: %j names %j', (value, expected) => {
  expect(listedIds(value, NAMES)).toEqual(expected);
});
