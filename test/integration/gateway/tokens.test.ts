import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startTokenIssuer } from '../../fixtures/token-issuer.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const key = keyFor();
const MINUTE = 60_000;

/** A shop behind the gateway, an issuer, and a clock that can be put forward. */
async function shop(issuerExtra: Record<string, unknown> = {}, upstreamUrl?: string) {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const issuer = await startTokenIssuer(now);
  const upstream = await startUpstream();
  const config = {
    services: [
      {
        name: 'shop',
        upstream: upstreamUrl ?? upstream.url,
        routes: [
          { match: { path: '/orders' }, scopes: ['orders:read'] },
          { match: { path: '/pay' }, scopes: ['orders:pay'] },
          { match: { path: '/tokens' }, auth: { any: ['jwt' as const] } },
          { match: { path: '/keys' }, auth: { any: ['apiKey' as const] } },
          { match: { path: '/counted' }, rateLimit: [{ key: 'consumer', quota: 2, window: '60s' }] },
          { match: { path: '/live' } },
        ],
      },
    ],
    consumers: [{ name: 'web-shop', scopes: ['orders:read'], keys: [key.config] }],
    jwt: { issuers: [{ issuer: issuer.issuer, audience: 'shop', jwksUri: issuer.jwksUri, ...issuerExtra }] },
  };
  const gateway = await startGateway(config, { clock: { now } });
  const call = async (path: string, credential: string | Record<string, string>) => {
    const headers = typeof credential === 'string' ? { Authorization: `Bearer ${credential}` } : credential;
    const response = await fetch(gateway.url + path, { headers });
    const text = await response.text();
    const code = response.ok ? null : (JSON.parse(text) as { code: string }).code;
    return { status: response.status, code, headers: response.headers, text };
  };
  return { issuer, upstream, gateway, config, call, now, forward: (ms: number) => (ahead += ms) };
}

describe('tokens', () => {
  it('and keys are let in by one route, and the upstream is told who calls and never gets the token', async () => {
    const { issuer, upstream, gateway, call } = await shop();
    const token = issuer.token();
    expect((await call('/orders', token)).status).toBe(200);
    expect((await call('/orders', token)).status).toBe(200);
    expect((await call('/orders', { 'X-API-Key': key.secret })).status).toBe(200);
    expect((await call('/orders', key.secret)).status).toBe(200);
    expect(upstream.requests.map(({ headers }) => headers['x-nightlatch-consumer'])).toEqual([
      'auth0|ann',
      'auth0|ann',
      'web-shop',
      'web-shop',
    ]);
    expect(upstream.requests[0]?.headers).toMatchObject({ 'x-nightlatch-scopes': 'orders:read' });
    expect(upstream.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(issuer.fetches()).toBe(1);
    const events = gateway.events();
    expect(events[0]).toMatchObject({ consumer: expect.stringMatching(/^jwt:[0-9a-f]{16}$/), key: null, status: 200 });
    const text = JSON.stringify(events);
    for (const part of [...token.split('.'), 'auth0|ann', key.secret]) expect(text).not.toContain(part);
  });

  it('go on to the upstream, and stand in the record by name, where the issuer is set so', async () => {
    const { issuer, upstream, gateway, call } = await shop({ forwardToken: true, record: 'claim' });
    const token = issuer.token();
    await call('/orders', token);
    await call('/orders', token);
    expect(upstream.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${token}`,
      `Bearer ${token}`,
    ]);
    expect(gateway.events()[0]).toMatchObject({ consumer: 'auth0|ann' });
    expect(JSON.stringify(gateway.events())).not.toContain(token);
  });

  it('are refused without a word about what is wrong, which the record knows', async () => {
    const { issuer, upstream, gateway, call } = await shop();
    const [header = '', payload = ''] = issuer.token().split('.');
    const published = await (await fetch(issuer.jwksUri)).text();
    const confused = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${payload}`;
    const cases: [string, string][] = [
      [issuer.token({ aud: 'till' }), 'meant for another audience'],
      [issuer.token({ iss: 'https://evil.example' }), 'unknown issuer'],
      [issuer.token({ exp: 1 }), 'expired'],
      [`${confused}.${createHmac('sha256', published).update(confused).digest('base64url')}`, 'algorithm not allowed'],
      [`${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`, 'algorithm not allowed'],
      [`${header}.${payload}.${issuer.token({ sub: 'bob' }).split('.')[2]}`, 'the signature is wrong'],
    ];
    const answers = new Set<string>();
    for (const [token, detail] of cases) {
      const { status, code, headers, text } = await call('/orders', token);
      expect([status, code, headers.get('www-authenticate')]).toEqual([
        401,
        'token-invalid',
        'Bearer realm="api", error="invalid_token"',
      ]);
      answers.add(text.replace(/"reference":"[^"]*"/, ''));
      expect(gateway.events().at(-1)).toMatchObject({
        code: 'token-invalid',
        consumer: null,
        decisions: [{ policy: 'authenticate', decision: 'deny', detail }],
      });
    }
    expect(answers.size).toBe(1);
    expect(upstream.requests).toEqual([]);
  });

  it('are not keys: each route takes what it names, and two credentials of ours are one too many', async () => {
    const { issuer, upstream, call } = await shop();
    const token = issuer.token();
    expect(await call('/keys', token)).toMatchObject({ status: 401, code: 'key-invalid' });
    expect(await call('/tokens', token)).toMatchObject({ status: 200 });
    expect(await call('/tokens', key.secret)).toMatchObject({ status: 401, code: 'token-invalid' });
    expect(await call('/tokens', { 'X-API-Key': key.secret })).toMatchObject({ status: 401, code: 'token-missing' });
    expect(await call('/orders', {})).toMatchObject({ status: 401, code: 'key-missing' });
    expect(await call('/pay', token)).toMatchObject({ status: 403, code: 'scope-missing' });
    const both = { 'X-API-Key': key.secret, Authorization: `Bearer ${token}` };
    expect(await call('/orders', both)).toMatchObject({ status: 400, code: 'credential-ambiguous' });
    const foreign = `Bearer ${issuer.token({ iss: 'https://app.example' })}`;
    expect(await call('/orders', { 'X-API-Key': key.secret, Authorization: foreign })).toMatchObject({ status: 200 });
    expect(upstream.requests.at(-1)?.headers).toMatchObject({ authorization: foreign });
  });

  it('are counted by issuer and consumer', async () => {
    const { issuer, call } = await shop();
    const statuses = [];
    for (const sub of ['ann', 'ann', 'ann', 'bob']) {
      statuses.push((await call('/counted', issuer.token({ sub, jti: String(statuses.length) }))).status);
    }
    expect(statuses).toEqual([200, 200, 429, 200]);
  });
});

describe('the keys of an issuer', () => {
  it('are fetched again for a new key, at most once in 30 seconds', async () => {
    const { issuer, call, forward } = await shop();
    expect((await call('/orders', issuer.token())).status).toBe(200);
    issuer.rotate();
    expect((await call('/orders', issuer.token())).status).toBe(401);
    expect(issuer.fetches()).toBe(1);
    forward(30_001);
    const answers = await Promise.all([1, 2, 3].map((jti) => call('/orders', issuer.token({ jti }))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(issuer.fetches()).toBe(2);
  });

  it('are fetched again when they are old; a key that was withdrawn then opens nothing, remembered or not', async () => {
    const { issuer, call, forward } = await shop();
    const stolen = issuer.token({ exp: 9_999_999_999 });
    expect((await call('/orders', stolen)).status).toBe(200);
    issuer.rotate({ withdraw: true });
    forward(11 * MINUTE);
    expect((await call('/orders', stolen)).status).toBe(200);
    await waitUntil(() => issuer.fetches() === 2);
    await waitUntil(async () => (await call('/orders', stolen)).status === 401);
  });

  it('are used for a day while the issuer is away, across reloads; then nobody gets in', async () => {
    const { issuer, call, forward, gateway, config } = await shop();
    expect((await call('/orders', issuer.token())).status).toBe(200);
    issuer.away = true;
    forward(23 * 60 * MINUTE);
    expect((await call('/orders', issuer.token())).status).toBe(200);
    await gateway.apply(config);
    expect((await call('/orders', issuer.token())).status).toBe(200);
    forward(61 * MINUTE);
    const late = await call('/orders', issuer.token());
    expect([late.status, late.code, late.headers.get('retry-after')]).toEqual([503, 'issuer-unreachable', '30']);
    issuer.away = false;
    forward(30_001);
    expect((await call('/orders', issuer.token())).status).toBe(200);
  });

  it('that cannot be had let nobody in, and keys go on working', async () => {
    const { issuer, call, forward, upstream } = await shop();
    issuer.away = true;
    expect(await call('/orders', issuer.token())).toMatchObject({ status: 503, code: 'issuer-unreachable' });
    expect(await call('/orders', issuer.token())).toMatchObject({ status: 503 });
    expect(issuer.fetches()).toBe(1);
    expect(upstream.requests).toEqual([]);
    expect((await call('/orders', key.secret)).status).toBe(200);
    issuer.away = false;
    forward(5_001);
    expect((await call('/orders', issuer.token())).status).toBe(200);
  });
});

describe('WebSocket with a token', () => {
  it('opens, ends when the token expires, and leaves no token in the record', async () => {
    const { issuer, gateway, forward } = await shop({}, await echoServer());
    const token = issuer.token();
    const headers = { Authorization: `Bearer ${token}` };
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/live`, { headers });
    await once(socket, 'open');
    socket.send('hello');
    expect(String((await once(socket, 'message'))[0])).toBe('hello');
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    forward(6 * MINUTE);
    await closed;
    await waitUntil(() => gateway.events().length === 2);
    expect(gateway.events()[1]).toMatchObject({ type: 'stream-end', reason: 'revoked' });
    expect(JSON.stringify(gateway.events())).not.toContain(token.split('.')[1]);
  });

  it('ends when its issuer is no longer configured', async () => {
    const { issuer, gateway, config } = await shop({}, await echoServer());
    const headers = { Authorization: `Bearer ${issuer.token()}` };
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/live`, { headers });
    await once(socket, 'open');
    socket.on('error', () => {});
    const closed = once(socket, 'close');
    const [first] = config.jwt.issuers;
    await gateway.apply({ ...config, jwt: { issuers: [{ ...first, issuer: 'https://new.example' } as never] } });
    await closed;
  });
});

async function echoServer(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(String(data))));
  await once(server, 'listening');
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
