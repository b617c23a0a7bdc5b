import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const good = keyFor();
const old = keyFor('old', { expires: '2020-01-01' });

async function guarded(bans: Record<string, unknown>, more: Record<string, unknown> = {}) {
  const upstream = await startUpstream((request, response) => {
    response.statusCode = request.url?.includes('login') ? 401 : 200;
    request.resume().on('end', () => response.end());
  });
  const config = {
    server: { trustedProxies: ['127.0.0.1'] },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [
          { match: { path: '/x' } },
          { match: { path: '/open' }, auth: 'none' as const },
          { match: { path: '/key/login' }, loginProtection: { perAddress: 1_000, perAccount: 1_000 } },
          {
            match: { path: '/login' },
            auth: 'none' as const,
            loginProtection: { perAddress: 1_000, perAccount: 1_000 },
          },
        ],
      },
    ],
    consumers: [{ name: 'c', keys: [good.config, old.config] }],
    bans: { attempts: 5, ...bans },
    ...more,
  };
  const gateway = await startGateway(config);
  const call = (address: string, path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(gateway.url + path, { method, headers: { 'X-Forwarded-For': address, ...headers } });
  const status = async (...args: Parameters<typeof call>) => (await call(...args)).status;
  const guess = async (address: string, times = 6) => {
    for (let i = 0; i < times; i++) await call(address, '/x', { 'X-API-Key': createApiKey() });
  };
  return { upstream, gateway, config, call, status, guess };
}

describe('who guesses keys is kept out for a while', () => {
  it('with a plain answer, an end, and a record that says why; good keys come in all the while', async () => {
    const { gateway, call, status, guess } = await guarded({ mode: 'enforce' });
    await guess('203.0.113.7', 5);
    expect(await status('203.0.113.7', '/open')).toBe(200);
    await guess('203.0.113.7', 1);
    const refused = await call('203.0.113.7', '/open');
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([403, expect.stringMatching(/^(59|60)$/)]);
    expect(await refused.json()).toMatchObject({ code: 'address-banned' });
    expect(await status('203.0.113.7', '/x', { 'X-API-Key': good.secret })).toBe(200);
    expect(await status('203.0.113.8', '/open')).toBe(200);
    const detail = 'kept out for 1 min after more than 5 wrong attempts, the last: key-invalid';
    const ban = { policy: 'bans', decision: 'deny', code: 'address-banned', detail };
    expect(gateway.events().flatMap((event) => ('decisions' in event ? event.decisions : []))).toContainEqual(ban);
    expect(gateway.gateway.bans()).toMatchObject([{ address: '203.0.113.7', level: 1 }]);
  });

  it('an IPv6 network as a whole', async () => {
    const { status, guess } = await guarded({ mode: 'enforce' });
    for (let i = 1; i <= 6; i++) await guess(`2001:db8:1:2::${i}`, 1);
    expect(await status('2001:db8:1:2:ffff::1', '/open')).toBe(403);
    expect(await status('2001:db8:1:3::1', '/open')).toBe(200);
  });

  it('also who guesses passwords or sends what can be read in two ways', async () => {
    const { gateway, status } = await guarded({ mode: 'enforce' });
    for (let i = 0; i < 6; i++) expect(await status('203.0.113.1', '/login', {}, 'POST')).toBe(401);
    expect(await status('203.0.113.1', '/open')).toBe(403);
    const odd = 'GET /%2e%2e/x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.2\r\n\r\n';
    for (let i = 0; i < 6; i++) {
      expect(
        statusesOf((await sendRaw(gateway.port, odd.replace('Host', 'Connection: close\r\nHost'), 5_000)).text),
      ).toEqual([400]);
    }
    expect(await status('203.0.113.2', '/open')).toBe(403);
  });

  it('also who looks for doors: many different paths that do not exist, not one of them often', async () => {
    const { gateway, status } = await guarded({ mode: 'enforce', unknownPaths: 10 });
    for (let i = 0; i < 40; i++) expect(await status('203.0.113.3', '/favicon.ico')).toBe(404);
    for (let i = 0; i < 40; i++)
      expect(await status('203.0.113.5', `/old-${i}`, { 'X-API-Key': good.secret })).toBe(404);
    for (let i = 0; i < 20; i++) await status('203.0.113.4', `/door-${i}`);
    expect(await status('203.0.113.4', '/open')).toBe(403);
    expect(await status('203.0.113.3', '/open')).toBe(200);
    expect(gateway.gateway.bans()).toMatchObject([
      { address: '203.0.113.4', reason: expect.stringContaining('paths') },
    ]);
  });

  it('by default only in the record', async () => {
    const { gateway, status, guess } = await guarded({});
    await guess('203.0.113.7');
    expect(await status('203.0.113.7', '/open')).toBe(200);
    expect(gateway.events().at(-1)).toMatchObject({
      status: 200,
      decisions: [{ policy: 'bans', decision: 'would-deny', code: 'address-banned' }],
    });
  });
});

describe('nobody is kept out for', () => {
  it.each<[string, (set: Awaited<ReturnType<typeof guarded>>) => Promise<number>]>([
    ['a missing key', ({ status }) => status('203.0.113.7', '/x')],
    [
      'a key with a typing error',
      ({ status }) => status('203.0.113.7', '/x', { 'X-API-Key': `${good.secret.slice(0, -1)}!` }),
    ],
    ['a key whose time has run out', ({ status }) => status('203.0.113.7', '/x', { 'X-API-Key': old.secret })],
    ['a wrong path', ({ status }) => status('203.0.113.7', '/nothing')],
    [
      'a wrong password behind a good key',
      ({ status }) => status('203.0.113.7', '/key/login', { 'X-API-Key': good.secret }, 'POST'),
    ],
  ])('%s', async (_name, attempt) => {
    const set = await guarded({ mode: 'enforce' });
    for (let i = 0; i < 12; i++) await attempt(set);
    expect(await set.status('203.0.113.7', '/open')).toBe(200);
  });

  it('too many requests', async () => {
    const routes = [{ match: { path: '/x' }, rateLimit: [{ key: 'address', quota: 1, window: '1m' }] }];
    const set = await guarded({ mode: 'enforce' });
    const service = { ...set.config.services[0], name: 's', upstream: set.upstream.url, routes };
    await set.gateway.apply({ ...set.config, services: [service] });
    const answers: number[] = [];
    for (let i = 0; i < 20; i++) answers.push(await set.status('203.0.113.7', '/x', { 'X-API-Key': createApiKey() }));
    expect(answers).toEqual([401, ...Array<number>(19).fill(429)]);
    expect(set.gateway.gateway.bans()).toEqual([]);
  });
});

it('never those on the allow list, trusted proxies and this machine', async () => {
  const { gateway, guess, status } = await guarded(
    { mode: 'enforce' },
    { blocklist: { allow: ['198.51.100.0/24'] }, server: { trustedProxies: ['127.0.0.1', '10.0.0.1'] } },
  );
  for (const address of ['198.51.100.7', '10.0.0.1', '127.0.0.1', '']) {
    await guess(address);
    expect(await status(address, '/open')).toBe(200);
  }
  expect(gateway.gateway.bans()).toEqual([]);
});

it('ends when the owner says so, and what was before is not held against the address', async () => {
  const { gateway, config, status, guess } = await guarded({ mode: 'enforce' });
  await guess('203.0.113.7');
  expect(await status('203.0.113.7', '/open')).toBe(403);
  const file = join(gateway.dataDir, 'bans.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ mode: 'enforce', bans: [{ address: '203.0.113.7' }] });
  // A new configuration does not end it, an entry on the allow list does.
  await gateway.apply(config);
  expect(await status('203.0.113.7', '/open')).toBe(403);
  await gateway.apply({ ...config, blocklist: { allow: ['203.0.113.7'] } });
  expect(await status('203.0.113.7', '/open')).toBe(200);
  await gateway.apply(config);
  await guess('203.0.113.7', 5);
  expect(await status('203.0.113.7', '/open')).toBe(200);
  expect(existsSync(join(gateway.dataDir, 'lift-bans.json'))).toBe(false);
});
