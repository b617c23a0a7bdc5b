import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectToControlPlane, createGateway } from '../../../src/gateway/index.ts';
import { setUpOwner } from '../api/browser.ts';
import { GATEWAY_TOKEN } from '../api/test-api.ts';
import { startControlPlane } from './test-control-plane.ts';

async function listening(answer: string): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections());
  return { port: (server.address() as AddressInfo).port, close };
}

async function freePort(): Promise<number> {
  const { port, close } = await listening('');
  await close();
  return port;
}

test('connect an API, make a key, call it, see it, revoke it: each change is in service when it is said to be', async () => {
  const shop = await listening('a vase');
  const address = `127.0.0.1:${await freePort()}`;
  const plane = await startControlPlane(address);
  const gateway = await createGateway({ dataDir: join(plane.folder, 'gateway'), version: '0', logger: plane.logger });
  const link = connectToControlPlane(gateway, { url: plane.url, token: GATEWAY_TOKEN, logger: plane.logger });
  onTestFinished(async () => {
    await link.close();
    await gateway.drain(1_000);
    await plane.close();
    await shop.close();
  });
  await expect
    .poll(async () => (await plane.call('GET', '/api/front-door')).body.gateways?.length, { timeout: 5_000 })
    .toBe(1);
  const get = (headers: Record<string, string> = {}) => fetch(`http://${address}/products`, { headers });

  const connected = await plane.call('POST', '/api/services', {
    name: 'shop',
    upstream: `http://127.0.0.1:${shop.port}`,
  });
  expect(connected.body.change).toMatchObject({ live: true, gateways: 1, reason: null });
  expect((await get()).status).toBe(401);

  const started = performance.now();
  const { body } = await plane.call('POST', '/api/keys', { consumer: 'web-shop', scopes: [], expiresAt: null });
  expect(body.change.live).toBe(true);
  expect(performance.now() - started).toBeLessThan(1_000);
  const allowed = await get({ 'x-api-key': body.secret });
  expect([allowed.status, await allowed.text()]).toEqual([200, 'a vase']);

  expect((await plane.call('DELETE', `/api/keys/${body.key.id}`)).body.change.live).toBe(true);
  const refused = await get({ 'x-api-key': body.secret });
  expect(refused.status).toBe(401);
  const { reference } = (await refused.json()) as { reference: string };
  const detail = async () => (await plane.call('GET', `/api/activity/events/${reference}`)).body;
  await expect.poll(async () => (await detail()).code, { timeout: 5_000 }).toBe('key-invalid');
  expect(JSON.stringify(await detail())).toContain('revoked');
  expect((await plane.call('GET', '/api/activity/events')).body.events.map((event) => event.status)).toEqual([
    401, 200, 401,
  ]);
  expect((await plane.call('GET', '/api/keys')).body.items[0]).toMatchObject({ lastUsedAt: expect.any(String) });
});

test('an address from which somebody signs in to the console is told to the gateway, for a day', async () => {
  const plane = await startControlPlane(`127.0.0.1:${await freePort()}`);
  const gateway = await createGateway({ dataDir: join(plane.folder, 'gateway'), version: '0', logger: plane.logger });
  const spare = vi.spyOn(gateway, 'spare');
  const owner = await setUpOwner(plane);
  const link = connectToControlPlane(gateway, { url: plane.url, token: GATEWAY_TOKEN, logger: plane.logger });
  onTestFinished(async () => {
    await link.close();
    await gateway.drain(1_000);
    await plane.close();
  });
  const until = plane.clock.now() + 86_400_000;
  const known = [{ address: expect.stringMatching(/^(::ffff:)?127\.0\.0\.1$/), until }];
  await expect.poll(() => spare.mock.lastCall?.[0], { timeout: 8_000 }).toEqual(known);
  plane.clock.advance(3_600_000);
  expect((await owner.signIn()).status).toBe(201);
  const later = [{ ...known[0], until: until + 3_600_000 }];
  expect(plane.accounts.signedInFrom()).toEqual(later);
  expect((await owner.signIn('wrong words here')).status).toBe(401);
  plane.clock.advance(86_400_000);
  expect(plane.accounts.signedInFrom()).toEqual([]);
});
