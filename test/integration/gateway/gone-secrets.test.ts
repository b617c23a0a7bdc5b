import { rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startAdminListener } from '../../../src/gateway/admin/admin-listener.ts';
import { startVendor } from '../../fixtures/fake-vendor.ts';
import { startIntrospectionServer } from '../../fixtures/introspection-server.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { toThisMachine } from './outbound-start.ts';
import { JSON_BODY, SECRETS, send, sign } from './signed-webhooks.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const NAMES = ['vendor', 'hook', 'old-hook', 'issuer'] as const;

/** A gateway with a vendor, a webhook and an authorization server whose secrets lie in files. */
async function shop() {
  const folder = temporaryFolder();
  const put = (name: (typeof NAMES)[number], text = SECRETS.github) => writeFileSync(join(folder, name), text);
  const take = (name: (typeof NAMES)[number]) => rmSync(join(folder, name));
  for (const name of NAMES) put(name);
  const file = (name: (typeof NAMES)[number]) => ({ file: join(folder, name) });
  const vendor = await startVendor((_call, response) => void response.end('{}'));
  const upstream = await startUpstream();
  const server = await startIntrospectionServer();
  const [stays, goes] = [keyFor('k_stays'), keyFor('k_goes')];
  const config = (keys: (typeof stays.config)[]) => ({
    server: { outboundListen: ['127.0.0.1:0'] },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [
          { match: { path: '/keys' } },
          { match: { path: '/hook' }, auth: { any: ['webhook:github' as const] } },
          { match: { path: '/token' }, auth: { any: ['oauth2' as const] } },
        ],
      },
    ],
    consumers: [{ name: 'web-shop', keys }],
    webhooks: { github: { secrets: [file('hook'), file('old-hook')] } },
    oauth2: { introspection: [{ url: server.url, clientId: 'gateway', clientSecret: file('issuer') }] },
    outbound: [
      {
        ...{ name: 'stripe', host: vendor.host, ca: vendor.caFile, allowPrivate: true, consumers: ['web-shop'] },
        ...{ secret: file('vendor'), allow: ['GET /v1/*' as const], listen: '127.0.0.1:0' },
      },
    ],
  });
  const both = config([stays.config, goes.config]);
  const without = config([stays.config]);
  const start = (dataDir?: string) =>
    startGateway(both, { vendorLookup: toThisMachine, ...(dataDir === undefined ? {} : { dataDir }) });
  return { put, take, vendor, upstream, stays, goes, both, without, start };
}

type Shop = Awaited<ReturnType<typeof shop>>;
type Running = Awaited<ReturnType<Shop['start']>>;

async function calls({ url, gateway }: Running, { stays, goes }: Shop) {
  const by = async (key: string) => (await fetch(`${url}/keys`, { headers: { 'X-API-Key': key } })).status;
  const door = gateway.vendorsDoors().find((one) => one.vendor === 'stripe')?.url ?? '';
  const vendor = await new Promise<number>((resolve, reject) => {
    request(`${door}/v1/balance`, { headers: { 'X-API-Key': stays.secret } })
      .on('response', (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end();
  });
  const hook = await send(`${url}/hook`, await sign('github', JSON_BODY, {}), JSON_BODY);
  const token = await fetch(`${url}/token`, { headers: { Authorization: 'Bearer some-opaque-token' } });
  const unkeyed = await fetch(`${door}/v1/balance`);
  return {
    keys: [await by(stays.secret), await by(goes.secret)],
    ...{ vendor, hook: hook.status, token: token.status, unkeyed: unkeyed.status },
  };
}

it('a revision that revokes a key is taken although secrets are gone; what needs them is closed and said to be', async () => {
  const world = await shop();
  const { put, take, vendor, upstream, both, without } = world;
  const running = await world.start();
  expect(await calls(running, world)).toMatchObject({ keys: [200, 200], vendor: 200, hook: 200, unkeyed: 401 });
  const reached = [vendor.calls.length, upstream.requests.length];

  for (const name of NAMES) take(name);
  await running.apply(without);
  expect(await calls(running, world)).toEqual({
    ...{ keys: [200, 401], vendor: 503, hook: 503, token: 503, unkeyed: 401 },
  });
  expect([vendor.calls.length, upstream.requests.length]).toEqual([reached[0], (reached[1] ?? 0) + 1]);
  const codes = running.events().map((event) => (event as RequestEvent).code);
  expect(codes.filter((code) => code === 'secret-missing')).toHaveLength(2);
  expect(codes).toContain('issuer-unreachable');
  const { closed } = await running.gateway.read();
  expect(closed).toHaveLength(4);
  for (const name of NAMES) expect(closed.some((reason) => reason.includes(name))).toBe(true);
  const admin = await startAdminListener(running.gateway, { host: '127.0.0.1', port: 0 });
  expect(await (await fetch(`${admin.address}/readyz`)).json()).toMatchObject({ ready: true, closed });
  expect(await (await fetch(`${admin.address}/metrics`)).text()).toContain('nightlatch_closed_parts 4');
  await admin.close();

  put('old-hook');
  await running.apply(without);
  // One of two secrets is enough for what it signs.
  const signed = await sign('github', '{"id":"2"}', {});
  expect((await send(`${running.url}/hook`, signed, '{"id":"2"}')).status).toBe(200);
  for (const name of NAMES) put(name);
  await running.apply(both);
  expect(await calls(running, world)).toMatchObject({ keys: [200, 200], vendor: 200 });
  expect((await running.gateway.read()).closed).toEqual([]);
});

it('the same after a restart; a secret in a place that was not in service is refused as before', async () => {
  const world = await shop();
  const running = await world.start();
  await running.gateway.drain(200);
  world.take('vendor');
  const again = await world.start(running.dataDir);
  expect(await calls(again, world)).toMatchObject({ keys: [200, 200], vendor: 503 });
  const elsewhere = {
    ...world.both,
    webhooks: { github: { secrets: [{ file: '/not/there' }] } },
  };
  await expect(again.apply(elsewhere)).rejects.toMatchObject({ code: 'secret-missing' });
});
