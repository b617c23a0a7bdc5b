import { expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from './start-gateway.ts';

async function open(trustedProxies: string[], blocklist?: { deny: string[]; allow: string[] }) {
  const upstream = await startUpstream();
  const gateway = await startGateway({
    ...(blocklist === undefined ? {} : { blocklist }),
    server: { trustedProxies, hostnames: ['api.shop.example', '127.0.0.1'] },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        preserveHost: true,
        routes: [{ match: { path: '/*' }, auth: 'none', rateLimit: [{ key: 'address', quota: 2, window: '60s' }] }],
      },
    ],
  });
  const call = (headers: Record<string, string>) => fetch(gateway.url, { headers });
  return { upstream, gateway, call };
}

const FROM = {
  'X-Forwarded-For': '6.6.6.6, 198.51.100.7',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'shop.example',
};

it('believes a trusted proxy: the client behind it is recorded, limited and told to the upstream', async () => {
  const { upstream, gateway, call } = await open(['127.0.0.0/8']);
  for (const last of ['7', '7', '7', '8']) {
    await call({ ...FROM, 'X-Forwarded-For': `6.6.6.6, 198.51.100.${last}` });
  }
  const events = gateway.events().map((event) => (event.type === 'request' ? [event.address, event.status] : []));
  expect(events).toEqual([
    ['198.51.100.7', 200],
    ['198.51.100.7', 200],
    ['198.51.100.7', 429],
    ['198.51.100.8', 200],
  ]);
  expect(upstream.requests[0]?.headers).toMatchObject({
    'x-forwarded-for': '6.6.6.6, 198.51.100.7, 127.0.0.1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'shop.example',
    host: new URL(gateway.url).host,
  });
});

it('believes nobody else', async () => {
  const { upstream, gateway, call } = await open(['192.0.2.0/24']);
  await call(FROM);
  expect(gateway.events()[0]).toMatchObject({ address: '127.0.0.1' });
  expect(upstream.requests[0]?.headers).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': new URL(gateway.url).host,
  });
});

it.each([
  ['an empty header', ''],
  ['rubbish', 'unknown, _hidden'],
  ['a zone id', 'fe80::1%eth0'],
])('a trusted proxy that says %s breaks nothing', async (_, value) => {
  const { gateway, call } = await open(['127.0.0.1']);
  expect((await call({ 'X-Forwarded-For': value })).status).toBe(200);
  expect(gateway.events()[0]).toMatchObject({ address: value.startsWith('fe80') ? 'fe80::1' : '127.0.0.1' });
});

it('answers only under its own host names', async () => {
  const { gateway, upstream } = await open([]);
  const answer = await fetch(gateway.url.replace('127.0.0.1', 'localhost'));
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'host-unknown']);
  expect(upstream.requests).toEqual([]);
});

it('turns away blocked addresses before anything else, as seen through a trusted proxy, but never those on the allow list', async () => {
  const { call, upstream, gateway } = await open(['127.0.0.1'], { deny: ['203.0.113.0/24'], allow: ['203.0.113.9'] });
  const from = async (address: string) => (await call({ 'X-Forwarded-For': address })).status;
  expect([await from('203.0.113.5'), await from('203.0.113.9'), await from('198.51.100.1')]).toEqual([403, 200, 200]);
  expect(upstream.requests.length).toBe(2);
  expect(gateway.events()[0]).toMatchObject({ code: 'address-blocked', address: '203.0.113.5', route: null });
});
