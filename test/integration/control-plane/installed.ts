import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { connectToControlPlane, createGateway } from '../../../src/gateway/index.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { GATEWAY_TOKEN } from '../api/test-api.ts';
import { startControlPlane } from './test-control-plane.ts';

/** A control plane, a real gateway connected to it, and a shop whose `/live` is an event stream. */
export async function installed() {
  const shop = createServer((request, response) => {
    if (request.url !== '/live') return void response.end('a vase');
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${await freePort()}`;
  const plane = await startControlPlane(address);
  const dataDir = join(plane.folder, 'gateway');
  const { clock, logger } = plane;
  const gateway = await createGateway({ dataDir, version: '0', logger, clock });
  const link = connectToControlPlane(gateway, { url: plane.url, token: GATEWAY_TOKEN, logger: plane.logger });
  onTestFinished(async () => {
    await link.close();
    await gateway.drain(1_000);
    await plane.close();
    shop.closeAllConnections();
    shop.close();
  });
  await expect.poll(() => gateway.addresses().length, { timeout: 5_000 }).toBe(1);
  const upstream = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  await plane.call('POST', '/api/services', { name: 'shop', upstream });
  const call = (key: string, path = '/products') =>
    fetch(`http://${address}${path}`, { headers: { 'x-api-key': key, accept: 'text/event-stream' } });
  return { plane, call, status: async (key: string) => (await call(key)).status };
}
