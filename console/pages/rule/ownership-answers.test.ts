import { expect, test } from 'vitest';
import { ownedOf, ownershipOf, pathParameters } from './ownership-answers.ts';

test.each([
  [{ param: 'customerId', equals: 'consumer.attributes.customerId' }, 'path', 'customerId', 'customerId'],
  [{ param: 'query.shop', equals: 'consumer.name' }, 'query', 'shop', ''],
  [{ param: 'body.order.customerId', equals: 'consumer.attributes.id' }, 'body', 'order.customerId', 'id'],
] as const)('%j is read and written', (ownership, where, name, attribute) => {
  expect(ownedOf(ownership)).toEqual({ where, name, attribute });
  expect(ownershipOf({ where, name, attribute })).toEqual(ownership);
});

test.each([[[]], [{ learn: { mode: 'monitor' } }], [{ param: 'a', equals: 'consumer.name', list: 'items' }], [null]])(
  '%j is left to the text',
  (ownership) => {
    expect(ownedOf(ownership)).toBeNull();
  },
);

test('the parts of an address that differ are found', () => {
  expect(pathParameters('/shops/{shop}/orders/{order_id}/*')).toEqual(['shop', 'order_id']);
});
