import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectToControlPlane, createGateway } from '../../../src/gateway/index.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { GATEWAY_TOKEN } from '../api/test-api.ts';
import { startControlPlane } from './test-control-plane.ts';

const yaml = (port: number, name: string) => `version: 1
server: { outboundListen: ["127.0.0.1:${port}"] }
services: []
consumers: [{ name: web-shop }]
outbound:
  - { name: stripe, host: api.stripe.com, secret: { env: ${name} }, allow: ["GET /v1/*"], consumers: [web-shop] }
`;

test('a vendor comes in by import, goes out by export, is locked by name, and shows its refusals apart', async () => {
  process.env.PLANE_STRIPE_KEY = 'sk_test_of_the_control_plane';
  const plane = await startControlPlane(`127.0.0.1:${await freePort()}`);
  const gateway = await createGateway({ dataDir: join(plane.folder, 'gateway'), version: '0', logger: plane.logger });
  const link = connectToControlPlane(gateway, { url: plane.url, token: GATEWAY_TOKEN, logger: plane.logger });
  onTestFinished(async () => {
    delete process.env.PLANE_STRIPE_KEY;
    await link.close();
    await gateway.drain(1_000);
    await plane.close();
  });
  await expect
    .poll(async () => (await plane.call('GET', '/api/front-door')).body.gateways?.length, { timeout: 5_000 })
    .toBe(1);
  const port = await freePort();
  const put = (name: string) => plane.call('PUT', '/api/config', { yaml: yaml(port, name) });

  expect((await put('NOT_SET_ANYWHERE')).body.change).toMatchObject({ live: false });
  expect(JSON.stringify((await plane.call('GET', '/api/front-door')).body)).toContain('NOT_SET_ANYWHERE');
  expect((await put('PLANE_STRIPE_KEY')).body.change).toMatchObject({ live: true });
  expect(await plane.exportYaml()).toContain('env: PLANE_STRIPE_KEY');
  expect(await plane.exportYaml()).toContain(`127.0.0.1:${port}`);
  expect(gateway.addresses()).toHaveLength(1);

  const ask = () => fetch(`http://127.0.0.1:${port}/stripe/v1/customers`);
  expect((await ask()).status).toBe(401);
  const lock = { routes: ['stripe GET /v1/*'], message: '', allowConsumers: [] };
  expect((await plane.call('POST', '/api/lock', lock)).body.change).toMatchObject({ live: true });
  expect((await ask()).status).toBe(503);

  const calls = async (direction: string) =>
    (await plane.call('GET', `/api/activity/events?direction=${direction}`)).body.events.map(({ status }) => status);
  await expect.poll(() => calls('outbound'), { timeout: 5_000 }).toEqual([503, 401]);
  expect(await calls('inbound')).toEqual([]);
});
