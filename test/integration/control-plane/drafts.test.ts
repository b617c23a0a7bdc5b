import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { OperationShape } from '../../../src/contracts/drafts/shape.ts';
import { connectToControlPlane, createGateway } from '../../../src/gateway/index.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { GATEWAY_TOKEN } from '../api/test-api.ts';
import { startControlPlane } from './test-control-plane.ts';

type Draft = { paths: Record<string, Record<string, Record<string, unknown>>> };

async function shopBehindIt() {
  const shop = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"id":7,"email":"marina@blueharbour.example","note":"thrown by hand"}');
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${await freePort()}`;
  const plane = await startControlPlane(address);
  const { logger } = plane;
  const gateway = await createGateway({ dataDir: join(plane.folder, 'gateway'), version: '0', logger });
  const link = connectToControlPlane(gateway, { url: plane.url, token: GATEWAY_TOKEN, logger });
  onTestFinished(async () => {
    await link.close();
    await gateway.drain(1_000);
    await plane.close();
    shop.close();
  });
  await expect.poll(() => gateway.addresses().length, { timeout: 5_000 }).toBe(1);
  const upstream = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const service = (await plane.call('POST', '/api/services', { name: 'shop', upstream })).body.service.id;
  const rule = { path: '/things', methods: ['POST'], auth: 'none', scopes: [], rateLimits: [], mode: 'enforce' };
  expect((await plane.call('POST', `/api/services/${service}/routes`, rule)).status).toBe(201);
  const send = async (body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`http://${address}/things?page=2`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  const draft = async () => (await (await plane.fetch('/api/drafts/openapi?service=shop')).json()) as Draft;
  return { plane, service, send, draft };
}

test('what a gateway saw is drafted, accepted to watch, and what does not fit is told', async () => {
  const { plane, service, send, draft } = await shopBehindIt();
  expect(await send({ note: 'glazed twice', count: 3 })).toBe(200);
  await expect.poll(async () => Object.keys((await draft()).paths), { timeout: 15_000 }).toEqual(['/things']);
  const document = await draft();
  expect(document.paths['/things']?.post).toMatchObject({
    parameters: [{ name: 'page', in: 'query', required: true, schema: { type: 'integer' } }],
    requestBody: { required: true },
    'x-nightlatch-seen': 1,
    'x-nightlatch-open': true,
  });
  expect(JSON.stringify(document)).not.toMatch(/glazed|marina|thrown/);

  const openapi = { inline: document, mode: 'monitor', routes: 'validate-only' };
  const accepted = await plane.call('PATCH', `/api/services/${service}/settings`, { openapi });
  expect(accepted.body).toMatchObject({ change: { live: true } });
  expect(await send({ note: 'x'.repeat(5_000), count: 'three' })).toBe(200);
  await expect
    .poll(async () => (await plane.call('GET', '/api/activity/misfits?service=shop')).body.items, { timeout: 10_000 })
    .toEqual([{ route: 'POST /things', count: 1, details: [expect.stringMatching(/body\.(note|count)/)] }]);
  expect((await plane.call('GET', '/api/activity/misfits?service=other')).body.items).toEqual([]);
});

test('personal data is told by route once answers are guarded', async () => {
  const { plane, send } = await shopBehindIt();
  await plane.call('PATCH', '/api/settings', { responseGuard: { mode: 'monitor' } });
  await send({});
  await expect
    .poll(async () => (await plane.call('GET', '/api/personal-data?days=7')).body.items, { timeout: 10_000 })
    .toEqual([{ service: 'shop', route: 'POST /things', kinds: [{ kind: 'email', answers: 1, values: 1 }] }]);
});

test('gateways are added up, a report sent twice counts once, and nobody but a gateway reports', async () => {
  const plane = await startControlPlane();
  onTestFinished(() => plane.close());
  const empty = { nulls: 0, booleans: 0, number: null, text: null, list: null };
  const nothing = {
    depth: 8,
    shape: { ...empty, seen: 4, object: { seen: 4, kind: 'record' as const, members: {}, values: null } },
  };
  const operation: OperationShape = {
    ...{ service: 'shop', route: 'GET /a', method: 'GET', path: '/a', open: false, seen: 4, from: Date.now() },
    ...{ until: Date.now(), params: nothing, query: nothing, request: { seen: 4, bodies: 0, types: {} } },
    answers: { 204: { seen: 4, bodies: 0, types: {} } },
  };
  const report = (gateway: string, one: unknown = operation) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    return plane.gateway.fetch('/api/gateway/drafts', {
      ...init,
      body: JSON.stringify({ gateway, operations: [one] }),
    });
  };
  for (const gateway of ['gw1', 'gw1', 'gw2']) expect((await report(gateway)).status).toBe(200);
  expect((await report('gw3', { ...operation, secret: 'x' })).status).toBe(400);
  const draft = (await (await plane.fetch('/api/drafts/openapi?service=shop')).json()) as Draft;
  expect(draft.paths['/a']?.get?.['x-nightlatch-seen']).toBe(8);
  expect((await fetch(`${plane.url}/api/drafts/openapi?service=shop`)).status).toBe(401);
  expect((await plane.call('POST', '/api/gateway/drafts', { gateway: 'gw1', operations: [] })).status).toBe(403);
});
