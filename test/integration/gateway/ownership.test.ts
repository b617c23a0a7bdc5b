import { expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const ann = keyFor('ann');
const bob = keyFor('bob');
const nobody = keyFor('nobody');
const equals = 'consumer.attributes.customerId';

async function shop() {
  const upstream = await startUpstream((request, response) => request.pipe(response));
  const gateway = await startGateway({
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/customers/{customerId}/orders/{orderId}' }, ownership: { param: 'customerId', equals } },
          { match: { path: '/search', methods: ['GET'] }, ownership: { param: 'query.customer', equals } },
          { match: { path: '/profile' }, ownership: { param: 'header.X-Customer', equals } },
          { match: { path: '/orders', methods: ['POST'] }, ownership: { param: 'body.order.customerId', equals } },
          { match: { path: '/named/{who}' }, ownership: { param: 'who', equals: 'consumer.name' } },
          { match: { path: '/watched/{id}' }, ownership: { param: 'id', equals }, mode: 'monitor' },
        ],
      },
    ],
    consumers: [
      { name: 'Ann', attributes: { customerId: '42' }, keys: [ann.config] },
      { name: 'Bob', attributes: { customerId: '43' }, keys: [bob.config] },
      { name: 'Nobody', keys: [nobody.config] },
    ],
  });
  const call = async (secret: string, path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    (await fetch(gateway.url + path, { ...init, headers: { ...init.headers, 'X-API-Key': secret } })).status;
  const post = (secret: string, body: unknown, type = 'application/json') =>
    call(secret, '/orders', {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { upstream, gateway, call, post };
}

it.each([
  ['/customers/42/orders/7', 200, 403],
  ['/customers/%34%32/orders/7', 200, 403],
  ['/customers/42%20/orders/7', 403, 403],
  ['/customers/042/orders/7', 403, 403],
  ['/search?customer=42', 200, 403],
  ['/search?customer=%342', 200, 403],
  ['/search?customer=42&customer=43', 403, 403],
  ['/search?customer[]=42', 403, 403],
  ['/search', 403, 403],
  ['/named/Ann', 200, 403],
  ['/named/ann', 403, 403],
])(
  '%s: its owner gets %s, somebody else %s, and a caller without the attribute is turned away',
  async (path, owner, other) => {
    const { call } = await shop();
    expect([await call(ann.secret, path), await call(bob.secret, path), await call(nobody.secret, path)]).toEqual([
      owner,
      other,
      403,
    ]);
  },
);

it('judges headers and bodies, every occurrence and no other type', async () => {
  const { call, post, upstream } = await shop();
  expect(await call(ann.secret, '/profile', { headers: { 'X-Customer': '42' } })).toBe(200);
  expect(await call(ann.secret, '/profile', { headers: { 'X-Customer': '43' } })).toBe(403);
  expect(await call(ann.secret, '/profile')).toBe(403);
  expect(await post(ann.secret, { order: { customerId: '42' } })).toBe(200);
  expect(await post(ann.secret, { order: { customerId: 42 } })).toBe(200);
  const before = upstream.requests.length;
  for (const order of [{ customerId: 43 }, { customerId: ['42'] }, { customerId: null }, {}, '42']) {
    expect(await post(ann.secret, { order })).toBe(403);
  }
  expect(await post(ann.secret, '', 'application/json')).toBe(400);
  expect(await post(ann.secret, 'order=42', 'text/plain')).toBe(415);
  expect(upstream.requests.length).toBe(before);
});

it('records who tried and which rule, and not the ids; in monitor mode the call goes on', async () => {
  const { gateway, call } = await shop();
  await call(bob.secret, '/customers/42/orders/7777');
  expect(await call(bob.secret, '/watched/42')).toBe(200);
  const [refused, watched] = gateway.events();
  expect(refused).toMatchObject({
    status: 403,
    code: 'not-owner',
    consumer: 'Bob',
    decisions: [
      { policy: 'authenticate', decision: 'allow' },
      { policy: 'ownership', decision: 'deny', detail: 'customerId is not consumer.attributes.customerId' },
    ],
  });
  expect(JSON.stringify(refused)).not.toContain('7777');
  expect(watched).toMatchObject({ status: 200, decisions: [{}, { policy: 'ownership', decision: 'would-deny' }] });
});
