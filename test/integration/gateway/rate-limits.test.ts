import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { Clock } from '../../../src/platform/clock.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

type Route = GatewayConfig['services'][number]['routes'][number];

const first = keyFor();
const second = keyFor();

async function shop(
  routes: Route[],
  more: Record<string, unknown> = {},
  options: { dataDir?: string; clock?: Clock } = {},
) {
  const upstream = await startUpstream((request, response) => request.resume().on('end', () => response.end('ok')));
  const config = {
    services: [{ name: 's', upstream: upstream.url, routes }],
    consumers: [
      { name: 'first', keys: [first.config] },
      { name: 'second', keys: [second.config] },
    ],
    ...more,
  };
  const gateway = await startGateway(config, options);
  const status = async (path: string, key: string | null = first.secret, init: RequestInit = {}) => {
    const headers = { ...(key === null ? {} : { 'X-API-Key': key }), ...init.headers };
    const response = await fetch(gateway.url + path, { ...init, headers });
    await response.arrayBuffer();
    return response.status;
  };
  return { upstream, gateway, config, status };
}

const many = async <T>(times: number, call: (i: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let i = 0; i < times; i++) results.push(await call(i));
  return results;
};

describe('what is counted', () => {
  it('lets exactly the quota through when 200 callers come at once', async () => {
    const { status, upstream } = await shop(
      [{ match: { path: '/x' }, rateLimit: [{ key: 'consumer', quota: 100, window: '1m' }] }],
      { server: { limits: { connectionsPerAddress: 300 } } },
    );
    const answers = await Promise.all(Array.from({ length: 200 }, () => status('/x')));
    expect(answers.filter((answer) => answer === 200)).toHaveLength(100);
    expect(answers.filter((answer) => answer === 429)).toHaveLength(100);
    expect(upstream.requests).toHaveLength(100);
  });

  it('everybody together, once they have shown who they are', async () => {
    const { status } = await shop([
      { match: { path: '/x' }, rateLimit: [{ key: 'route', quota: 3, window: '1m' }] },
      { match: { path: '/open' }, auth: 'none', rateLimit: [{ key: 'route', quota: 1, window: '1m' }] },
    ]);
    expect(await many(5, () => status('/x', null))).toEqual([401, 401, 401, 401, 401]);
    expect(await many(2, () => status('/x'))).toEqual([200, 200]);
    expect(await many(2, () => status('/x', second.secret))).toEqual([200, 429]);
    expect(await many(2, () => status('/open', null))).toEqual([200, 429]);
  });

  it('values of the query and of headers, however often they are sent, and several things together', async () => {
    const { status } = await shop([
      { match: { path: '/q' }, rateLimit: [{ key: 'query.shop', quota: 2, window: '1m' }] },
      { match: { path: '/h' }, rateLimit: [{ key: 'header.X-Shop', quota: 1, window: '1m' }] },
      { match: { path: '/both' }, rateLimit: [{ key: 'consumer+query.shop', quota: 1, window: '1m' }] },
    ]);
    expect(await status('/q?shop=a')).toBe(200);
    expect(await status('/q?shop=z&shop=%20A')).toBe(200);
    expect(await status('/q?shop=y&shop=a')).toBe(429);
    expect(await many(3, () => status('/q'))).toEqual([200, 200, 200]);
    const header = (value: string) => status('/h', first.secret, { headers: { 'x-shop': value } });
    expect([await header('a'), await header('b'), await header('A')]).toEqual([200, 200, 429]);
    expect(await status('/both?shop=a')).toBe(200);
    expect(await status('/both?shop=b')).toBe(200);
    expect(await status('/both?shop=a', second.secret)).toBe(200);
    expect(await status('/both?shop=a')).toBe(429);
  });

  it('a body field in a form that names it twice', async () => {
    const { status } = await shop([
      { match: { path: '/f' }, rateLimit: [{ key: 'body.email', quota: 2, window: '1m' }] },
    ]);
    const post = (body: string) => status('/f', first.secret, { method: 'POST', body: new URLSearchParams(body) });
    expect(await post('email=victim@x&email=1@x')).toBe(200);
    expect(await post('email=2@x&email=Victim@x')).toBe(200);
    expect(await post('email=victim@x&email=3@x')).toBe(429);
    const json = { method: 'POST', body: '{"email":"a","email":"b"}', headers: { 'Content-Type': 'application/json' } };
    expect(await status('/f', first.secret, json)).toBe(400);
  });

  it('what a route costs, in a limit that routes share', async () => {
    const { status, gateway } = await shop(
      [
        { match: { path: '/cheap' }, rateLimit: [{ use: 'all' }] },
        { match: { path: '/dear' }, rateLimit: [{ use: 'all', cost: 5 }] },
      ],
      { rateLimits: [{ name: 'all', key: 'consumer', quota: 12, window: '1m' }] },
    );
    expect(await many(2, () => status('/dear'))).toEqual([200, 200]);
    expect(await status('/cheap')).toBe(200);
    expect(await status('/dear')).toBe(429);
    const answer = await fetch(`${gateway.url}/cheap`, { headers: { 'X-API-Key': first.secret } });
    expect(answer.headers.get('RateLimit')).toMatch(/^"all";r=0;t=\d+$/);
    expect(await status('/cheap')).toBe(429);
    expect(await status('/dear', second.secret)).toBe(200);
  });
});

describe('counts stay', () => {
  const limited: Route = { match: { path: '/x' }, rateLimit: [{ key: 'consumer', quota: 3, window: '1m' }] };

  it('over a new configuration', async () => {
    const { status, gateway, config } = await shop([limited]);
    expect(await many(2, () => status('/x'))).toEqual([200, 200]);
    await gateway.apply({ ...config, server: { limits: { idle: '31s' } } });
    expect(await many(2, () => status('/x'))).toEqual([200, 429]);
  });

  it('when the clock is set back or forward', async () => {
    let now = Date.now();
    const { status } = await shop([limited], {}, { clock: { now: () => now } });
    expect(await many(3, () => status('/x'))).toEqual([200, 200, 200]);
    now -= 86_400_000;
    expect(await status('/x')).toBe(429);
    now += 2 * 86_400_000;
    expect(await status('/x')).toBe(429);
  });

  it('of the day over a restart, and begin anew at midnight UTC', async () => {
    let now = Date.UTC(2031, 4, 5, 18);
    const dataDir = temporaryFolder();
    const daily: Route = { match: { path: '/x' }, rateLimit: [{ key: 'consumer', quota: 3, per: 'day', cost: 2 }] };
    const before = await shop([daily], {}, { dataDir, clock: { now: () => now } });
    expect(await many(2, () => before.status('/x'))).toEqual([200, 429]);
    await before.gateway.gateway.drain(0);
    now += 3_600_000;
    const after = await shop([daily], {}, { dataDir, clock: { now: () => now } });
    const refused = await fetch(`${after.gateway.url}/x`, { headers: { 'X-API-Key': first.secret } });
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, String(5 * 3_600)]);
    expect(await after.status('/x', second.secret)).toBe(200);
    now = Date.UTC(2031, 4, 6);
    expect(await many(2, () => after.status('/x'))).toEqual([200, 429]);
  });
});

it('tells older client libraries in their own fields where they stand, when asked to', async () => {
  const { gateway } = await shop(
    [
      {
        match: { path: '/x' },
        auth: 'none',
        rateLimit: [
          { key: 'address', quota: 100, window: '1m' },
          { key: 'route', quota: 2, window: '30s' },
        ],
      },
    ],
    { server: { legacyRateLimitHeaders: true } },
  );
  await fetch(`${gateway.url}/x`);
  await wait(5);
  const { headers } = await fetch(`${gateway.url}/x`);
  expect(headers.get('X-RateLimit-Limit')).toBe('2');
  expect(headers.get('X-RateLimit-Remaining')).toBe('0');
  expect(Number(headers.get('X-RateLimit-Reset'))).toBeGreaterThan(25);
});
