import { describe, expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const reader = keyFor('reader', { scopes: ['customers:read'] });
const writer = keyFor('writer');
const expired = keyFor('expired', { expires: '2020-01-01' });

async function shop() {
  const upstream = await startUpstream((request, response) => {
    response.setHeader('X-Request-Id', 'from-upstream');
    response.end(`${request.method} ${request.url}`);
  });
  const gateway = await startGateway({
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/customers/{customerId}', methods: ['GET'] }, scopes: ['customers:read'] },
          { match: { path: '/customers/{id}', methods: ['PUT'] }, scopes: ['customers:read', 'customers:write'] },
          { match: { path: '/public/*' }, auth: 'none' },
          { match: { path: '/watched', methods: ['GET'] }, mode: 'monitor', scopes: ['never:given'] },
          {
            match: { path: '/login', methods: ['POST'] },
            auth: 'none',
            rateLimit: [
              { key: 'address', quota: 8, window: '60s' },
              { key: 'body.email', quota: 3, window: '15m' },
            ],
          },
          { match: { path: '/counted' }, rateLimit: [{ key: 'consumer', quota: 2, window: '60s' }] },
        ],
      },
    ],
    consumers: [
      {
        name: 'web-shop',
        scopes: ['customers:read', 'customers:write'],
        keys: [reader.config, writer.config, expired.config],
      },
      { name: 'other', keys: [] },
    ],
  });
  const call = (path: string, init: RequestInit = {}) => fetch(gateway.url + path, init);
  return { upstream, gateway, call };
}

const withKey = (secret: string) => ({ headers: { 'X-API-Key': secret } });
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('who is calling', () => {
  it('lets a key in by either header, says who it is upstream, and keeps the key to itself', async () => {
    const { call, upstream, gateway } = await shop();
    for (const headers of [{ 'X-API-Key': reader.secret }, { Authorization: `Bearer ${reader.secret}` }]) {
      const response = await call('/customers/42?q=%2F', { headers });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe('GET /customers/42?q=%2F');
    }
    for (const { headers } of upstream.requests) {
      expect(JSON.stringify(headers)).not.toContain(reader.secret);
      expect(headers).toMatchObject({
        'x-nightlatch-consumer': 'web-shop',
        'x-nightlatch-scopes': 'customers:read',
        'x-nightlatch-route': 'GET /customers/{customerId}',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
      });
    }
    expect(JSON.stringify(gateway.events())).not.toContain(reader.secret);
  });

  it.each([
    ['no key', {}, 'key-missing'],
    ['a mistyped key', { 'X-API-Key': `${reader.secret.slice(0, -1)}?` }, 'key-mistyped'],
    ['an unknown key', { 'X-API-Key': keyFor().secret }, 'key-invalid'],
    ['an expired key', { 'X-API-Key': expired.secret }, 'key-invalid'],
    ['a foreign token', { Authorization: 'Bearer something-else' }, 'key-invalid'],
    ['another scheme', { Authorization: 'Basic YTpi' }, 'key-missing'],
  ])('turns away %s', async (_, headers, code) => {
    const { call, upstream } = await shop();
    const response = await call('/customers/42', { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ code, status: 401, reference: response.headers.get('x-request-id') });
    expect(upstream.requests).toEqual([]);
  });

  it('does not take a key from the address, and says so', async () => {
    const { call, gateway } = await shop();
    const response = await call(`/customers/42?key=${reader.secret}`);
    expect(await codeOf(response)).toBe('key-in-query');
    expect(JSON.stringify(gateway.events())).not.toContain(reader.secret);
  });

  it('leaves the application its own credentials, and refuses two keys of ours', async () => {
    const { call, upstream } = await shop();
    await call('/customers/1', { headers: { 'X-API-Key': reader.secret, Authorization: 'Bearer app-token' } });
    await call('/customers/1', { headers: { 'X-API-Key': 'app-key', Authorization: `Bearer ${reader.secret}` } });
    await call('/public/x', { headers: { 'X-API-Key': reader.secret, Authorization: 'Basic YTpi' } });
    expect(upstream.requests.map(({ headers }) => [headers['x-api-key'], headers.authorization])).toEqual([
      [undefined, 'Bearer app-token'],
      ['app-key', undefined],
      [undefined, 'Basic YTpi'],
    ]);
    const both = await call('/customers/1', {
      headers: { 'X-API-Key': reader.secret, Authorization: `Bearer ${writer.secret}` },
    });
    expect([both.status, await codeOf(both)]).toEqual([400, 'credential-ambiguous']);
  });
});

describe('what may it do', () => {
  it('asks for every scope of the route, and a key may have fewer than its consumer', async () => {
    const { call, gateway } = await shop();
    expect((await call('/customers/42', { method: 'PUT', body: 'x', ...withKey(writer.secret) })).status).toBe(200);
    const refused = await call('/customers/42', { method: 'PUT', body: 'x', ...withKey(reader.secret) });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'scope-missing']);
    expect(gateway.events().at(-1)).toMatchObject({
      consumer: 'web-shop',
      key: 'reader',
      code: 'scope-missing',
      decisions: [
        { policy: 'authenticate', decision: 'allow' },
        { policy: 'authorize-scopes', decision: 'deny', detail: 'needs customers:read customers:write' },
      ],
    });
  });

  it('only notes in monitor mode what it would have refused', async () => {
    const { call, gateway } = await shop();
    expect((await call('/watched')).status).toBe(200);
    expect(gateway.events().at(-1)).toMatchObject({
      status: 200,
      code: null,
      decisions: [
        { policy: 'authenticate', decision: 'would-deny', code: 'key-missing' },
        { policy: 'authorize-scopes', decision: 'would-deny', code: 'scope-missing' },
      ],
    });
  });

  it('records the shape of a path where the template says too little, and never what may be personal', async () => {
    const { call, gateway } = await shop();
    await call('/public/reports/ann@shop.example/2026');
    await call('/customers/42');
    const events = gateway.events();
    expect(events.map((event) => event.type === 'request' && event.path)).toEqual([
      '/public/reports/{…}/{…}',
      '/customers/{customerId}',
    ]);
    expect(JSON.stringify(events)).not.toContain('ann@');
  });

  it('knows unknown paths, wrong methods and misspelt capitals', async () => {
    const { call } = await shop();
    const unknown = await call('/nothing');
    expect([unknown.status, await codeOf(unknown)]).toEqual([404, 'route-unknown']);
    const method = await call('/customers/42', { method: 'DELETE' });
    expect([method.status, method.headers.get('allow'), await codeOf(method)]).toEqual([
      405,
      'GET, HEAD, PUT',
      'method-not-allowed',
    ]);
    const capitals = await call('/Customers/42', withKey(reader.secret));
    expect([capitals.status, await codeOf(capitals)]).toEqual([400, 'path-case']);
    expect((await call('/customers/ABC/', withKey(reader.secret))).status).toBe(200);
    expect((await call('/customers/42', { method: 'HEAD', ...withKey(reader.secret) })).status).toBe(200);
  });
});

describe('how much', () => {
  const login = (
    call: (path: string, init: RequestInit) => Promise<Response>,
    email: string,
    type = 'application/json',
  ) =>
    call('/login', {
      method: 'POST',
      headers: { 'Content-Type': type },
      body: type === 'application/json' ? JSON.stringify({ email }) : `email=${encodeURIComponent(email)}`,
    });

  it('limits log-ins per account, however it is spelt, and per address', async () => {
    const { call, upstream } = await shop();
    const statuses: number[] = [];
    for (const email of ['Ann@Shop.example', ' ann@shop.example', 'ANN@shop.example ', 'ann@shop.example']) {
      statuses.push((await login(call, email)).status);
    }
    statuses.push((await login(call, 'ann@shop.example', 'application/x-www-form-urlencoded')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(upstream.requests.length).toBe(3);
    for (let i = 0; i < 3; i++) expect((await login(call, `other${i}@shop.example`)).status).toBe(200);
    const limited = await login(call, 'new@shop.example');
    expect(limited.status).toBe(429);
    expect(limited.headers.get('ratelimit-policy')).toBe('"address";q=8;w=60, "body.email";q=3;w=900');
    expect(limited.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('does not let a forged X-Forwarded-For escape a limit', async () => {
    const { call } = await shop();
    const statuses = new Map<number, number>();
    for (let i = 0; i < 200; i++) {
      const headers = { 'X-Forwarded-For': `203.0.113.${i}`, 'Content-Type': 'application/json' };
      const { status } = await call('/login', {
        method: 'POST',
        headers,
        body: JSON.stringify({ email: `a${i}@b.example` }),
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 8, 429: 192 });
  });

  it('does not count callers without the field together, and refuses bodies that it cannot read', async () => {
    const { call } = await shop();
    const post = (body: string, type: string) =>
      call('/login', { method: 'POST', headers: { 'Content-Type': type }, body });
    for (let i = 0; i < 4; i++) expect((await post('{}', 'application/json')).status).toBe(200);
    expect((await post('{"email":', 'application/json')).status).toBe(400);
    expect((await post('email=a', 'text/plain')).status).toBe(415);
  });

  it('sends the body on byte for byte after having read it', async () => {
    const upstream = await startUpstream((request, response) => request.pipe(response));
    const gateway = await startGateway({
      services: [
        {
          name: 's',
          upstream: upstream.url,
          routes: [{ match: { path: '/*' }, auth: 'none', rateLimit: [{ key: 'body.a', quota: 9, window: '1m' }] }],
        },
      ],
    });
    const body = '{ "a":  "\\u00e9 é 🏺",\n"b":1e2}';
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    expect(await response.text()).toBe(body);
    expect(upstream.requests[0]?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it('lets exactly the quota through, however many ask at once', async () => {
    const { call } = await shop();
    const answers = await Promise.all(Array.from({ length: 60 }, () => call('/counted', withKey(writer.secret))));
    expect(answers.filter((answer) => answer.status === 200).length).toBe(2);
  });
});
