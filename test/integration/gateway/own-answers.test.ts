import { expect, it } from 'vitest';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startTokenIssuer } from '../../fixtures/token-issuer.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const ann = keyFor('ann');
const nobody = keyFor('nobody');
const equals = 'consumer.attributes.customerId';
type Action = 'filter' | 'refuse';

/** The application answers what the test says, byte for byte. */
async function shop(answer: { body: string; type?: string; status?: number }, mode: 'monitor' | 'enforce' = 'enforce') {
  const upstream = await startUpstream((_, response) => {
    response.writeHead(answer.status ?? 200, { 'Content-Type': answer.type ?? 'application/json' });
    response.end(answer.body);
  });
  const route = (path: string, rule: { items?: string; field?: string; action?: Action }) => ({
    match: { path },
    mode,
    ownership: { answer: { field: 'customerId', ...rule, equals } },
  });
  const gateway = await startGateway({
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          route('/orders', { items: 'orders' }),
          route('/bare', { items: '' }),
          route('/deep', { items: 'data.items', field: 'customer.id' }),
          route('/strict', { items: 'orders', action: 'refuse' }),
          route('/one', {}),
        ],
      },
    ],
    consumers: [
      { name: 'Ann', attributes: { customerId: '42' }, keys: [ann.config] },
      { name: 'Nobody', keys: [nobody.config] },
    ],
  });
  const get = async (path: string, secret = ann.secret) => {
    const reply = await fetch(gateway.url + path, { headers: { 'X-API-Key': secret } });
    const text = await reply.text();
    return { status: reply.status, text, length: reply.headers.get('content-length') };
  };
  const last = () => gateway.events().at(-1) as RequestEvent;
  return { get, last, gateway };
}

const MIXED =
  '{"orders": [ {"customerId":43,"x":1},\n {"customerId":"42","big":12345678901234567890} , {"customerId":42}, {"a":1}, 7 ],"total":5}';

it.each([
  ['/orders', MIXED, '{"orders": [ {"customerId":"42","big":12345678901234567890} , {"customerId":42} ],"total":5}'],
  ['/orders', '{"orders":[{"customerId":43}]}', '{"orders":[]}'],
  ['/orders', '{"orders":[]}', '{"orders":[]}'],
  ['/orders', '{ "orders" : [{"customerId":42.0}] }', '{ "orders" : [] }'],
  ['/bare', '[{"customerId":1},{"customerId":42}]', '[{"customerId":42}]'],
  [
    '/deep',
    '{"data":{"items":[{"customer":{"id":"42"}},{"customer":{"id":"4"}}]}}',
    '{"data":{"items":[{"customer":{"id":"42"}}]}}',
  ],
  ['/one', '{"customerId": 42.0e0, "customerid": 42}', null],
  ['/one', '{"customerId": 42}', '{"customerId": 42}'],
  ['/one', '{"customerId": 43}', null],
  ['/one', '{"name": "x"}', null],
  ['/one', '[{"customerId": 42}]', null],
  ['/orders', '{"customerId": 42}', '{"customerId": 42}'],
  ['/orders', '{"customerId": 43}', null],
  ['/strict', '{"orders":[{"customerId":42},{"customerId":43}]}', null],
  ['/strict', '{"orders":[{"customerId":42}]}', '{"orders":[{"customerId":42}]}'],
])('%s: of %s the caller gets %s', async (path, body, expected) => {
  const { get, last } = await shop({ body });
  const { status, text, length } = await get(path);
  if (expected === null) {
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ code: 'not-owner' });
    expect(last()).toMatchObject({ status: 403, code: 'not-owner' });
  } else {
    expect([status, text]).toEqual([200, expected]);
    // What was cut has a new length; the rest goes on as it came.
    expect(length).toBe(expected === body ? null : String(Buffer.byteLength(expected)));
  }
});

it('a caller of whom nobody knows what is its own gets nothing', async () => {
  const { get } = await shop({ body: MIXED });
  expect((await get('/orders', nobody.secret)).text).toBe('{"orders": [  ],"total":5}');
  expect((await get('/one', nobody.secret)).status).toBe(403);
});

it.each([
  [{ body: '<p>customer 43</p>', type: 'text/html' }],
  [{ body: '{"orders":[{"customerId":43,"customerId":42}]}' }],
  [{ body: '{"orders":[{"customerId":42}' }],
  [{ body: `{"orders":[${'{"customerId":42},'.repeat(40_000)}{}]}` }],
])('what cannot be judged stays here: %#', async (answer) => {
  const { get } = await shop(answer);
  const { status, text } = await get('/orders');
  expect([status, JSON.parse(text).code]).toEqual([502, 'answer-withheld']);
});

it('failures of the application are passed on', async () => {
  const { get } = await shop({ body: '{"error":"no such order"}', status: 404 });
  expect(await get('/orders')).toMatchObject({ status: 404, text: '{"error":"no such order"}' });
});

it('in monitor mode everything goes on as it is, and the record says what would have been cut', async () => {
  const { get, last } = await shop({ body: MIXED }, 'monitor');
  expect(await get('/orders')).toMatchObject({ status: 200, text: MIXED });
  expect(last().decisions).toContainEqual({
    policy: 'ownership-answer',
    decision: 'would-change',
    code: 'items-removed',
    detail: '3 of 5 items',
  });
  await get('/strict');
  expect(last().decisions).toContainEqual(expect.objectContaining({ decision: 'would-deny', code: 'not-owner' }));
});

it('compares with the claims of a verified token, and several rules must all hold', async () => {
  const issuer = await startTokenIssuer();
  const upstream = await startUpstream((_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('[{"owner":"ann"},{"owner":"bob"}]'),
  );
  const gateway = await startGateway({
    jwt: { issuers: [{ issuer: issuer.issuer, audience: 'shop', jwksUri: issuer.jwksUri }] },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          {
            match: { path: '/shops/{shop}/people/{person}' },
            ownership: [
              { param: 'person', equals: 'token.sub' },
              { param: 'shop', equals: 'token.shop_id' },
              { answer: { items: '', field: 'owner', equals: 'token.sub' } },
            ],
          },
        ],
      },
    ],
    consumers: [{ name: 'Ann', keys: [ann.config] }],
  });
  const get = async (path: string, headers: Record<string, string>) => {
    const reply = await fetch(gateway.url + path, { headers });
    return reply.ok ? await reply.text() : reply.status;
  };
  const bearer = (claims: Record<string, unknown>) => ({ Authorization: `Bearer ${issuer.token(claims)}` });
  expect(await get('/shops/7/people/ann', bearer({ sub: 'ann', shop_id: 7 }))).toBe('[{"owner":"ann"}]');
  expect(await get('/shops/8/people/ann', bearer({ sub: 'ann', shop_id: 7 }))).toBe(403);
  expect(await get('/shops/7/people/bob', bearer({ sub: 'ann', shop_id: 7 }))).toBe(403);
  expect(await get('/shops/7/people/ann', bearer({ sub: 'ann' }))).toBe(403);
  expect(await get('/shops/undefined/people/ann', bearer({ sub: 'ann' }))).toBe(403);
  expect(await get('/shops/7/people/ann', { 'X-API-Key': ann.secret })).toBe(403);
});
