import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSnapshot } from '../../../src/configuration/index.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { ValidationConfig } from '../../../src/contracts/config/validation-config.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { startGateway } from './start-gateway.ts';

const ORDER = {
  type: 'object',
  properties: {
    customer: { type: 'integer' },
    items: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        properties: { note: { type: 'string', maxLength: 5 }, count: { type: 'integer', minimum: 1 } },
        required: ['count'],
        additionalProperties: false,
      },
    },
  },
  required: ['customer'],
};
const VALIDATE: ValidationConfig = {
  mode: 'enforce',
  path: { properties: { id: { type: 'integer' } } },
  query: {
    properties: {
      page: { type: 'integer', minimum: 1 },
      tag: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    },
    additionalProperties: false,
  },
  headers: { properties: { 'X-Shop-Version': { type: 'integer' } }, required: ['X-Shop-Version'] },
};

async function shop(options: { mode?: 'monitor'; routeMode?: 'monitor' | 'off' } = {}) {
  const upstream = await startUpstream((request, response) => request.pipe(response));
  const mode = options.mode === undefined ? { mode: 'enforce' as const } : {};
  const config: Omit<GatewayConfig, 'version'> = {
    defaults: { auth: 'none', mode: options.routeMode ?? 'enforce' },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/orders' }, validate: { ...mode, body: ORDER }, limits: { body: '100KiB' } },
          { match: { path: '/customers/{id}' }, validate: { ...VALIDATE, ...mode } },
          {
            match: { path: '/contact', methods: ['POST'] },
            validate: {
              ...mode,
              form: {
                fields: {
                  email: { type: 'email', required: true },
                  name: { type: 'text', maxLength: 20, characters: 'letters' },
                  age: { type: 'integer', minimum: 18 },
                  born: { type: 'date' },
                },
              },
            },
          },
        ],
      },
    ],
  };
  const gateway = await startGateway(config);
  const call = (path: string, init: RequestInit = {}) => fetch(gateway.url + path, init);
  const post = (path: string, body: NonNullable<RequestInit['body']>, type = 'application/json', headers = {}) =>
    call(path, { method: 'POST', headers: { 'Content-Type': type, ...headers }, body });
  const lastEvent = () => gateway.gateway.snapshot() && (gateway.events().at(-1) as RequestEvent);
  return { upstream, gateway, config, call, post, lastEvent };
}

type Problem = { code: string; faults?: { place: string; message: string }[] };
const problemOf = async (response: Response) => (await response.json()) as Problem;

describe('a body that must fit', () => {
  it('passes byte for byte, whole or in chunks', async () => {
    const { post, upstream, gateway } = await shop();
    const body = '{ "customer":  42,\n"items": [ {"count":1e0,"note":"\\u00e9é🏺"} ], "more": {"x":[]}}';
    expect(await (await post('/orders', body)).text()).toBe(body);
    expect(await (await post('/orders', body, 'application/merge-patch+json; charset=UTF-8')).text()).toBe(body);
    expect(upstream.requests[0]?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    const head =
      'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunked = await sendRaw(gateway.port, `${head}5\r\n{"cus\r\nb\r\ntomer":  7}\r\n0\r\n\r\n`);
    expect(statusesOf(chunked.text)).toEqual([200]);
    expect(chunked.text).toContain('{"customer":  7}');
    const bad = await sendRaw(gateway.port, `${head}5\r\n{"cus\r\nb\r\ntomer":"7"}\r\n0\r\n\r\n`);
    expect(statusesOf(bad.text)).toEqual([422]);
  });

  it('is refused with each place and plain words, and neither answer nor record holds a value', async () => {
    const { post, upstream, lastEvent, gateway } = await shop();
    const secret = 'nl_secret_value';
    const items = [{ count: 1 }, { count: 0 }, { count: 2, note: secret }, { note: 'x', [`field-${secret}`]: 1 }];
    const response = await post('/orders', JSON.stringify({ customer: secret, items }));
    expect(response.status).toBe(422);
    const problem = await problemOf(response);
    expect(problem.code).toBe('input-invalid');
    expect(problem.faults).toEqual([
      { place: 'body.customer', message: 'must be a whole number' },
      { place: 'body.items[1].count', message: 'must be 1 or more' },
      { place: 'body.items[2].note', message: 'must have at most 5 characters' },
      { place: 'body.items[3].count', message: 'is missing' },
      { place: `body.items[3].field-${secret}`, message: 'is not expected here' },
    ]);
    expect(lastEvent()).toMatchObject({
      status: 422,
      decisions: [
        {
          policy: 'validate',
          decision: 'deny',
          code: 'input-invalid',
          detail:
            'body.customer: type; body.items[1].count: minimum; body.items[2].note: maxLength; body.items[3].count: required; body.items[3].{…}: additionalProperties',
        },
      ],
    });
    expect(JSON.stringify(gateway.events())).not.toContain(secret);
    expect(upstream.requests).toEqual([]);
  });

  it('tells at most twenty faults, and of a large body the first', async () => {
    const { post } = await shop();
    const wrong = (n: number) =>
      JSON.stringify({ customer: 1, items: Array.from({ length: n }, () => ({ count: 0 })) });
    expect((await problemOf(await post('/orders', wrong(50)))).faults).toHaveLength(20);
    expect((await problemOf(await post('/orders', wrong(5_000)))).faults).toHaveLength(1);
  });

  it.each([
    ['broken JSON', '{"customer":', 400, 'body-malformed'],
    ['a name twice', '{"customer":1,"customer":2}', 400, 'body-malformed'],
    ['a name twice, escaped', '{"customer":1,"c\\u0075stomer":2}', 400, 'body-malformed'],
    ['a name twice, deep inside', '{"customer":1,"x":[{"a:":":","a:":1}]}', 400, 'body-malformed'],
    ['a reserved name', '{"customer":1,"__proto__":{"admin":true}}', 400, 'body-malformed'],
    ['nesting beyond 64', `{"customer":1,"x":${'['.repeat(64)}${']'.repeat(64)}}`, 400, 'body-malformed'],
    ['a byte order mark', '\ufeff{"customer":1}', 400, 'body-malformed'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'body-malformed'],
    ['nothing', '', 422, 'input-invalid'],
    ['null', 'null', 422, 'input-invalid'],
    ['nesting up to 64', `{"customer":1,"x":${'['.repeat(63)}${']'.repeat(63)}}`, 200, ''],
  ])('%s: %#', async (_, body, status, code) => {
    const { post } = await shop();
    const response = await post('/orders', body);
    expect(response.status).toBe(status);
    if (code !== '') expect((await problemOf(response)).code).toBe(code);
  });

  it.each([
    ['text', 'text/plain', {}],
    ['XML', 'application/xml', {}],
    ['another charset', 'application/json; charset=utf-16le', {}],
    ['no type', '', {}],
    ['a compressed body', 'application/json', { 'Content-Encoding': 'gzip' }],
  ])('415 for %s', async (_, type, headers) => {
    const { post, upstream } = await shop();
    const response = await post('/orders', gzipSync('{"customer":1}'), type, headers);
    expect([response.status, (await problemOf(response)).code]).toEqual([415, 'body-type-unsupported']);
    expect(upstream.requests).toEqual([]);
  });

  it('is not asked of a GET, and is of a POST', async () => {
    const { call } = await shop();
    expect((await call('/orders')).status).toBe(200);
    const response = await call('/orders', { method: 'POST' });
    expect([response.status, (await problemOf(response)).faults]).toEqual([
      422,
      [{ place: 'body', message: 'is missing' }],
    ]);
  });

  it('may be a form, whose texts are read as the fields say', async () => {
    const { post, upstream } = await shop();
    const form = 'application/x-www-form-urlencoded';
    const good = 'email=ann%40shop.example&name=O%27Brien+%E6%9D%8E&age=18&born=';
    expect(await (await post('/contact', good, form)).text()).toBe(good);
    expect((await post('/contact', '{"email":"a@b.de","age":18}')).status).toBe(200);
    const bad = await problemOf(await post('/contact', 'email=a%40b.de&email=x&name=%3Cb%3E&age=17&admin=1', form));
    expect(bad.faults).toEqual([
      { place: 'body.email', message: 'was sent more than once' },
      { place: 'body.admin', message: 'is not expected here' },
      { place: 'body.name', message: 'does not have the expected form' },
      { place: 'body.age', message: 'must be 18 or more' },
    ]);
    expect((await post('/contact', '{"email":"a@b.de","age":"18"}')).status).toBe(422);
    expect(upstream.requests.length).toBe(2);
  });
});

describe('path, query and headers that must fit', () => {
  const headers = { 'x-shop-version': '2' };

  it.each([
    ['/customers/42', 200, []],
    ['/customers/42?page=5&tag=a', 200, []],
    ['/customers/42?tag=a&tag=b', 200, []],
    ['/customers/4x', 422, [['path.id', 'must be a whole number']]],
    ['/customers/42?page=0', 422, [['query.page', 'must be 1 or more']]],
    ['/customers/42?page=1e', 422, [['query.page', 'must be a whole number']]],
    ['/customers/42?page=1&page=2', 422, [['query.page', 'was sent more than once']]],
    ['/customers/42?tag=a&tag=b&tag=c', 422, [['query.tag', 'must have at most 2 entries']]],
    ['/customers/42?debug=1', 422, [['query.debug', 'is not expected here']]],
    ['/customers/42?__proto__=1', 422, [['query.__proto__', 'is not expected here']]],
  ])('%s: %i', async (path, status, faults) => {
    const { call, upstream } = await shop();
    const response = await call(path, { headers });
    expect(response.status).toBe(status);
    if (status === 200) expect(upstream.requests.map(({ url }) => url)).toEqual([path]);
    else expect((await problemOf(response)).faults?.map((f) => [f.place, f.message])).toEqual(faults);
  });

  it('names headers in lower case', async () => {
    const { call } = await shop();
    expect((await problemOf(await call('/customers/1'))).faults).toEqual([
      { place: 'headers.x-shop-version', message: 'is missing' },
    ]);
    expect((await call('/customers/1', { headers: { 'X-SHOP-VERSION': '3' } })).status).toBe(200);
  });
});

describe('watching first', () => {
  it('is what happens unless "enforce" is written: the request goes on, the record says would-deny', async () => {
    const { post, lastEvent } = await shop({ mode: 'monitor' });
    for (const [body, type, code] of [
      ['{"customer":"x"}', 'application/json', 'input-invalid'],
      ['{"customer":1,"customer":2}', 'application/json', 'body-malformed'],
      [randomBytes(50_000).toString('hex').slice(0, 90_000), 'text/csv', 'body-type-unsupported'],
    ] as const) {
      const response = await post('/orders', body, type);
      expect([response.status, await response.text()]).toEqual([200, body]);
      expect(lastEvent()).toMatchObject({
        status: 200,
        code: null,
        decisions: [{ policy: 'validate', decision: 'would-deny', code }],
      });
    }
  });

  it('never sends on a body of which part was read', async () => {
    const { gateway, upstream } = await shop({ mode: 'monitor' });
    const chunk = `${(60_000).toString(16)}\r\n${' '.repeat(60_000)}\r\n`;
    const head =
      'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await sendRaw(gateway.port, `${head}${chunk}${chunk}0\r\n\r\n`, 500);
    expect(statusesOf(answer.text)).toEqual([413]);
    expect(upstream.requests).toEqual([]);
  });

  it('holds for a route that watches, whatever the schema’s own mode; a route that is off looks at nothing', async () => {
    const watching = await shop({ routeMode: 'monitor' });
    expect((await watching.post('/orders', '{}')).status).toBe(200);
    expect(watching.lastEvent()).toMatchObject({ decisions: [{ decision: 'would-deny' }] });
    const off = await shop({ routeMode: 'off' });
    expect((await off.post('/orders', '{}')).status).toBe(200);
    expect(off.lastEvent()).toMatchObject({ decisions: [] });
  });
});

describe('whatever is sent', () => {
  it('never makes the gateway fail, and passes unchanged when it fits', async () => {
    const { post, upstream } = await shop();
    const piece = fc.oneof(
      fc.json(),
      fc.json().map((text) => text.slice(1)),
      fc.string({ unit: 'binary' }),
      fc.nat().map((customer) => JSON.stringify({ customer, items: [{ count: 1 }] })),
    );
    await fc.assert(
      fc.asyncProperty(
        piece,
        fc.constantFrom('application/json', 'application/x-www-form-urlencoded'),
        async (body, type) => {
          upstream.requests.length = 0;
          const response = await post('/orders', body, type);
          const text = await response.text();
          expect([200, 400, 422]).toContain(response.status);
          expect(upstream.requests.length).toBe(response.status === 200 ? 1 : 0);
          if (response.status === 200) expect(text).toBe(body);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a new configuration', () => {
  it('with a broken schema is refused as a whole and the old one stays in service', async () => {
    const { gateway, config, post } = await shop();
    const snapshot = compileSnapshot(GatewayConfig.parse({ version: 1, ...config }), { revision: 9, lock: null });
    const routes = snapshot.routes.map((route) => ({
      ...route,
      validate: route.validate && { ...route.validate, body: { pattern: '(a+)+$' } },
    }));
    const server = gateway.gateway.snapshot()?.server ?? snapshot.server;
    await expect(gateway.gateway.apply({ ...snapshot, server, routes })).rejects.toMatchObject({
      code: 'snapshot-invalid',
      message: expect.stringContaining('several ways'),
    });
    expect(gateway.gateway.snapshot()?.revision).toBe(1);
    expect((await post('/orders', '{}')).status).toBe(422);
    expect((await post('/orders', '{"customer":1}')).status).toBe(200);
  });
});
