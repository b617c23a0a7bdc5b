import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { connectToControlPlane, createGateway } from '../../../src/gateway/index.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { GATEWAY_TOKEN } from '../api/test-api.ts';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

export type GuardedShop = {
  plane: ControlPlane;
  /** Of the gateway. */
  url: string;
  upstream: string;
  keyId: string;
  /** Status of a POST /orders with a key; that of the caller "web" when none is given. */
  order(key?: string): Promise<number>;
};

/** A control plane, a real gateway that follows it, and a shop behind it, with one key for "web" that may see orders. */
export async function startGuardedShop(): Promise<GuardedShop> {
  const upstream = await startUpstream();
  const address = `127.0.0.1:${await freePort()}`;
  const plane = await startControlPlane(address);
  plane.clock.set(Date.now());
  const gateway = await createGateway({ dataDir: join(plane.folder, 'gateway'), version: '0', logger: plane.logger });
  const link = connectToControlPlane(gateway, { url: plane.url, token: GATEWAY_TOKEN, logger: plane.logger });
  onTestFinished(async () => {
    await link.close();
    await gateway.drain(500);
    await plane.close();
  });
  await waitUntil(async () => (await plane.call('GET', '/api/front-door')).body.gateways.length === 1);
  await plane.call('POST', '/api/services', { name: 'shop', upstream: upstream.url });
  const made = await plane.call('POST', '/api/keys', { consumer: 'web', scopes: ['orders'], expiresAt: null });
  const url = `http://${address}`;
  return {
    ...{ plane, url, upstream: upstream.url, keyId: made.body.key.id },
    order: async (key = made.body.secret) =>
      (await fetch(`${url}/orders`, { method: 'POST', body: '{}', headers: { 'x-api-key': key } })).status,
  };
}
