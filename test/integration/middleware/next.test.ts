import { describe, expect, it } from 'vitest';
import { keyFor, readEvents } from '../gateway/start-gateway.ts';
import { guardFor } from './stacks.ts';

const key = keyFor('k', { scopes: ['orders:read'] });
const config = {
  version: 1,
  server: { trustedProxies: ['127.0.0.1'] },
  blocklist: { deny: ['203.0.113.9'] },
  responseGuard: { mode: 'enforce', cards: 'mask', secrets: 'block' },
  services: [
    {
      name: 'app',
      routes: [
        { match: { path: '/api/orders/{id}' }, scopes: ['orders:read'] },
        {
          match: { path: '/api/orders', methods: ['POST'] },
          validate: { mode: 'enforce', body: { type: 'object', required: ['item'] } },
        },
        { match: { path: '/api/open' }, auth: 'none', limits: { body: '1KiB' } },
      ],
    },
  ],
  consumers: [{ name: 'web-shop', scopes: ['orders:read'], keys: [key.config] }],
};

/** The contract of App Router handlers: a Web `Request` and a context in, a `Response` out. */
const at = (path: string, init: RequestInit = {}) => new Request(`https://shop.example${path}`, init);
const withKey = { 'X-API-Key': key.secret };

describe('a route handler with Web Request and Response', () => {
  it('gets the caller and a clean request, and its context', async () => {
    const { guard, dataDir } = await guardFor({ config });
    const GET = guard.next<{ params: Promise<{ id: string }> }>(async (request, caller, { params }) =>
      Response.json({ caller, names: [...request.headers.keys()], id: (await params).id, url: request.url }),
    );
    const headers = { ...withKey, 'X-Nightlatch-Consumer': 'admin', X_Nightlatch_Consumer: 'admin', 'X-Mine': '1' };
    const answer = await GET(at('/api/orders/7', { headers }), { params: Promise.resolve({ id: '7' }) });
    expect(answer.status).toBe(200);
    const said = (await answer.json()) as { caller: object; names: string[]; id: string; url: string };
    expect(said).toMatchObject({
      caller: { consumer: 'web-shop', scopes: ['orders:read'], route: 'ANY /api/orders/{id}' },
      id: '7',
      url: 'https://shop.example/api/orders/7',
    });
    expect(said.names.sort()).toEqual(['host', 'x-mine', 'x-request-id']);
    expect(answer.headers.get('x-request-id')).toBe((said.caller as { requestId: string }).requestId);
    expect(readEvents(dataDir)).toMatchObject([{ status: 200, consumer: 'web-shop', code: null }]);
  });

  it.each([
    ['no key', at('/api/orders/7'), 401, 'key-missing'],
    ['another path', at('/api/other', { headers: withKey }), 404, 'route-unknown'],
    ['a blocked client', at('/api/open', { headers: { 'X-Forwarded-For': '203.0.113.9' } }), 403, 'address-blocked'],
    [
      'odd input',
      at('/api/orders', { method: 'POST', headers: { ...withKey, 'Content-Type': 'application/json' }, body: '{}' }),
      422,
      'input-invalid',
    ],
    ['a large body', at('/api/open', { method: 'POST', body: 'x'.repeat(5000) }), 413, 'body-too-large'],
  ])('is not called for %s', async (_, request, status, code) => {
    const { guard, dataDir } = await guardFor({ config });
    let read = false;
    const handler = guard.next(async (web) => {
      await web.text();
      read = true;
      return new Response('in');
    });
    const answer = await handler(request, undefined);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
    expect(read).toBe(false);
    expect(readEvents(dataDir)).toMatchObject([{ status, code }]);
  });

  it('reads the body that was judged, byte for byte', async () => {
    const { guard } = await guardFor({ config });
    const POST = guard.next(async (request) => new Response(await request.text()));
    const body = '{ "item": "\\u00e9 é 🏺" }';
    const headers = { ...withKey, 'Content-Type': 'application/json' };
    const answer = await POST(at('/api/orders', { method: 'POST', headers, body }), undefined);
    expect(await answer.text()).toBe(body);
  });

  it('has its answer looked at, keeps its cookies, and may have none', async () => {
    const { guard } = await guardFor({ config });
    const answers = [
      new Response('paid with 4111 1111 1111 1111', {
        headers: [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['Content-Type', 'text/plain'],
        ],
      }),
      new Response(null, { status: 204 }),
      new Response(`key ${['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')}`),
    ];
    const GET = guard.next(async () => answers.shift() ?? new Response());
    const covered = await GET(at('/api/open'), undefined);
    expect(await covered.text()).not.toContain('4111 1111');
    expect(covered.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const empty = await GET(at('/api/open'), undefined);
    expect([empty.status, empty.body]).toEqual([204, null]);
    expect((await GET(at('/api/open'), undefined)).status).toBe(502);
  });

  it('streams', async () => {
    const { guard } = await guardFor({ config });
    const pieces = async function* () {
      for (const text of ['data: 1\n\n', 'data: 2\n\n']) yield Buffer.from(text);
    };
    const type = { 'Content-Type': 'text/event-stream' };
    const GET = guard.next(async () => new Response(ReadableStream.from(pieces()), { headers: type }));
    expect(await (await GET(at('/api/open'), undefined)).text()).toBe('data: 1\n\ndata: 2\n\n');
  });

  it('may throw what its framework understands, and that is recorded', async () => {
    const { guard, dataDir } = await guardFor({ config });
    const thrown = [Object.assign(new Error('away'), { digest: 'NEXT_REDIRECT;replace;/in;307;' }), new Error('no')];
    const GET = guard.next(async () => {
      throw thrown.shift();
    });
    await expect(GET(at('/api/open'), undefined)).rejects.toThrow('away');
    await expect(GET(at('/api/open'), undefined)).rejects.toThrow('no');
    expect(readEvents(dataDir)).toMatchObject([{ status: 307 }, { status: 500 }]);
  });
});
