import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { bodyFor, SECRETS, sign } from './signed-webhooks.ts';
import { callAlone, startWorkers, statusesOfAll } from './start-workers.ts';

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const free = { auth: 'none' as const };

it('two workers let exactly the quota of 200 callers at once through, in every round and by day', async () => {
  const upstream = await startUpstream();
  const limited = [0, 1, 2].map((round) => ({
    match: { path: `/window/${round}` },
    ...free,
    rateLimit: [{ key: 'route' as const, quota: 100, window: '1m' }],
  }));
  const daily = {
    match: { path: '/day' },
    ...free,
    rateLimit: [{ key: 'route' as const, quota: 100, per: 'day' as const }],
  };
  const { port, data } = await startWorkers({
    server: { limits: { connectionsPerAddress: 1_000 } },
    services: [{ name: 's', upstream: upstream.url, routes: [...limited, daily] }],
  });
  for (const path of ['/window/0', '/window/1', '/window/2', '/day']) {
    const before = upstream.requests.length;
    expect(await statusesOfAll(many(200, () => callAlone(port, `GET ${path} HTTP/1.1`)))).toEqual({
      200: 100,
      429: 100,
    });
    expect(upstream.requests.length - before).toBe(100);
  }
  // Both had a part in it.
  expect(readdirSync(join(data, 'spool')).sort()).toEqual(['0000000000000001-w1.ndjson', '0000000000000001.ndjson']);
});

it('concurrency caps, log-ins and connections of an address are counted over both', async () => {
  const open: (() => void)[] = [];
  const upstream = await startUpstream((request, response) => {
    if (request.url === '/slow') open.push(() => response.end('late'));
    else request.resume().on('end', () => response.end('in'));
  });
  const { port } = await startWorkers({
    server: { limits: { connectionsPerAddress: 60 } },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [
          { match: { path: '/slow' }, ...free, concurrency: [{ key: 'route', max: 10 }] },
          { match: { path: '/login', methods: ['POST'] }, ...free },
          { match: { path: '/x' }, ...free },
        ],
      },
    ],
  });
  let answered = 0;
  const slow = many(40, async () => {
    const call = await callAlone(port, 'GET /slow HTTP/1.1');
    answered += 1;
    return call;
  });
  await waitUntil(() => open.length === 10 && answered === 30);
  for (const end of open) end();
  expect(await statusesOfAll(slow)).toEqual({ 200: 10, 429: 30 });
  for (const { socket } of await Promise.all(slow)) socket.destroy();

  const form = 'POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded';
  const logins = many(30, (i) => callAlone(port, form, `email=user${i}@shop.example`));
  expect(await statusesOfAll(logins)).toEqual({ 200: 5, 429: 25 });
  for (const { socket } of await Promise.all(logins)) socket.destroy();

  await waitUntil(async () => (await callAlone(port, 'GET /x HTTP/1.1\r\nConnection: close')).status === 200);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await statusesOfAll(many(100, () => callAlone(port, 'GET /x HTTP/1.1')))).toEqual({ 0: 40, 200: 60 });
});

it('a recorded delivery of a vendor gets through once, whichever worker it meets', async () => {
  let answer = 200;
  const upstream = await startUpstream((request, response) =>
    request.resume().on('end', () => setTimeout(() => response.writeHead(answer).end('taken'), 20)),
  );
  const { port } = await startWorkers(
    {
      services: [
        {
          name: 's',
          upstream: upstream.url,
          routes: [{ match: { path: '/hook' }, auth: { any: ['webhook:stripe'] } }],
        },
      ],
      webhooks: { stripe: { secrets: [{ env: 'TEST_STRIPE' }] } },
    },
    2,
    { TEST_STRIPE: SECRETS.stripe },
  );
  const body = bodyFor('stripe');
  const deliver = async (seconds: number) => {
    const fields = await sign('stripe', body, { seconds });
    const lines = fields.map(([name, value]) => `\r\n${name}: ${value}`).join('');
    return statusesOfAll(
      many(30, () =>
        callAlone(port, `POST /hook HTTP/1.1\r\nConnection: close\r\nContent-Type: application/json${lines}`, body),
      ),
    );
  };
  const now = Math.floor(Date.now() / 1000);
  expect(await deliver(now)).toEqual({ 200: 1, 409: 29 });
  expect(await deliver(now)).toEqual({ 409: 30 });
  answer = 500;
  const refused = await deliver(now - 1);
  expect(refused[409] ?? 0).toBeGreaterThan(0);
  answer = 200;
  expect(await deliver(now - 1)).toEqual({ 200: 1, 409: 29 });
});

it('who guesses is kept out by both workers, and let in again by both', async () => {
  const upstream = await startUpstream();
  const { port, data } = await startWorkers({
    server: { trustedProxies: ['127.0.0.1'] },
    services: [
      { name: 's', upstream: upstream.url, routes: [{ match: { path: '/x' } }, { match: { path: '/y' }, ...free }] },
    ],
    bans: { mode: 'enforce', attempts: 5 },
  });
  const from = '\r\nConnection: close\r\nX-Forwarded-For: 203.0.113.7';
  for (let i = 0; i < 6; i++) {
    await callAlone(port, `GET /x HTTP/1.1${from}\r\nX-API-Key: ${createApiKey()}`);
  }
  const knock = () => statusesOfAll(many(20, () => callAlone(port, `GET /y HTTP/1.1${from}`)));
  await waitUntil(async () => (await knock())[403] === 20);
  expect((await nightlatch(['ban', 'list', '--data', data])).stdout).toContain('203.0.113.7');
  expect((await nightlatch(['ban', 'lift', '203.0.113.7', '--data', data])).code).toBe(0);
  await waitUntil(async () => (await knock())[200] === 20);
});
