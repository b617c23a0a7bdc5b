import { expect, test } from 'vitest';
import { compileSnapshot } from './compile-snapshot.ts';
import { parseConfig } from './parse-config.ts';

/** What is learnt on the routes of a service, written short: mode, ids, and what its answers list. */
function learnt(routes: string, service = ''): Record<string, string | null> {
  const text = `version: 1\nservices:\n  - name: shop\n    upstream: http://x\n${service}    routes:\n${routes}`;
  const parsed = parseConfig(text);
  if ('faults' in parsed) throw new Error(parsed.faults.map(({ message }) => message).join('\n'));
  const { routes: compiled } = compileSnapshot(parsed.config, { revision: 1, lock: null });
  return Object.fromEntries(
    compiled.map(({ id, learning }) => [
      id,
      learning === null
        ? null
        : `${learning.mode} ${learning.ids.map((one) => `${one.resource}@${one.index}`).join(' ')} lists ${learning.lists?.resource ?? '-'}`,
    ]),
  );
}

const route = (path: string, more = '') => `      - { match: { path: "${path}", methods: [GET] }${more} }\n`;

test('ids in paths are watched without a word about it, with the list that they come from', () => {
  const routes = ['/orders', '/orders/{orderId}', '/orders/{id}/lines/{lineNo}', '/pages/{slug}', '/about'];
  expect(learnt(routes.map((path) => route(path)).join(''))).toEqual({
    'GET /orders': 'monitor  lists /orders/{}',
    'GET /orders/{orderId}': 'monitor /orders/{}@0 lists -',
    'GET /orders/{id}/lines/{lineNo}': 'monitor /orders/{}@0 /orders/{}/lines/{}@1 lists -',
    'GET /pages/{slug}': null,
    'GET /about': null,
  });
});

test.each([
  ['open to all', ', auth: none', '', null],
  ['switched off', ', ownership: off', '', null],
  ['switched off for its service', '', '    ownership: off\n', null],
  ['with a rule of its own', ', ownership: { param: orderId, equals: consumer.name }', '', null],
  ['asked for', ', ownership: learn', '    ownership: off\n', 'monitor /orders/{}@0 lists -'],
  ['enforced by its service', '', '    ownership: { learn: { mode: enforce } }\n', 'enforce /orders/{}@0 lists -'],
  [
    'with a rule and learning',
    ', ownership: [{ param: orderId, equals: consumer.name }, { learn: { mode: enforce } }]',
    '',
    'enforce /orders/{}@0 lists -',
  ],
  ['off within learning', ', ownership: { learn: { mode: off } }', '', null],
])('a route that is %s', (_, more, service, expected) => {
  expect(learnt(route('/orders/{orderId}', more), service)['GET /orders/{orderId}']).toBe(expected);
});

test('a collection that is switched off or open teaches nothing', () => {
  const item = route('/orders/{orderId}');
  expect(learnt(route('/orders', ', ownership: off') + item)['GET /orders']).toBeNull();
  expect(learnt(route('/orders', ', auth: none') + item)['GET /orders']).toBeNull();
});

test('a consumer that is excepted and does not exist is warned of', () => {
  const text =
    'version: 1\nservices:\n  - name: shop\n    upstream: http://x\n    ownership: { learn: { exempt: [ofice, attributes.role=staff] } }\n    routes:\n      - match: { path: "/orders/{id}" }\n        ownership: [{ learn: { frontEnds: [web], exempt: [office] } }]\nconsumers: [{ name: office }]\n';
  const parsed = parseConfig(text);
  if ('faults' in parsed) throw new Error('refused');
  expect(parsed.warnings.map(({ line, code, place }) => `${line} ${code} ${place}`)).toEqual([
    '5 consumer-unknown services[0].ownership.learn.exempt[0]',
    '8 consumer-unknown services[0].routes[0].ownership[0].learn.frontEnds[0]',
  ]);
});
