import { expect, onTestFinished, test } from 'vitest';
import { startPracticeShop } from '../../../practice/server.ts';
import { runTraffic } from '../../../practice/traffic.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { readStoredDrafts } from '../../../src/gateway/index.ts';
import { openapiOf } from '../../../src/shapes/openapi-of.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const ENOUGH = 1_200;
const drafts = { mode: 'on', sample: 100 } as const;

/** Everything that the texts of a document say, in one text. */
const wordsOf = (document: unknown) => JSON.stringify(document);

test('the traffic of the practice shop drafts a description that this traffic fits, in which nobody’s data stands', async () => {
  const shop = await startPracticeShop();
  onTestFinished(() => shop.close());
  const route = (path: string, methods: string[]) => ({ match: { path, methods }, auth: 'none' as const });
  const routes = [
    route('/api/login', ['POST']),
    route('/api/products', ['GET']),
    route('/api/products/{productId}', ['GET']),
    route('/api/search', ['GET']),
    route('/api/orders', ['GET', 'POST']),
    route('/api/orders/{orderId}', ['GET']),
    route('/api/orders/{orderId}/tracking', ['GET']),
    route('/api/customers/{customerId}', ['GET']),
    route('/{page}', ['GET']),
    route('/products/{productId}', ['GET']),
  ];
  const config = { services: [{ name: 'shop', upstream: shop.url, routes }], drafts };
  const running = await startGateway(config);
  // By number and not by time: a draft of little traffic has not seen all there is. The visitors' dice fall alike in every run, so
  // a shorter and slower one holds nothing new.
  while (running.events().length < ENOUGH) await runTraffic({ base: running.url, rate: 200, seconds: 4 });

  const document = openapiOf('shop', running.gateway.drafts());
  const paths = document.paths as Record<string, Record<string, { 'x-nightlatch-seen': number }>>;
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/api/products', '/api/products/{productId}', '/api/login', '/api/orders']),
  );
  expect(paths['/api/products']?.get?.['x-nightlatch-seen']).toBeGreaterThan(3);
  expect(wordsOf(document)).not.toMatch(/example\.com|Finch|Okafor|Lindqvist|mug|nl_|Bearer/i);

  if (process.env.SHOW_DRAFT !== undefined) process.stdout.write(`${JSON.stringify(document, null, 1)}\n`);
  const openapi = { inline: document, mode: 'enforce' as const, routes: 'validate-only' as const };
  await running.apply({ services: [{ name: 'shop', upstream: shop.url, routes, openapi }] });
  const before = running.events().length;
  await runTraffic({ base: running.url, rate: 150, seconds: 3 });
  const calls = running.events().slice(before) as RequestEvent[];
  expect(calls.length).toBeGreaterThan(50);
  // What was seen is held against what was seen: a length or a range that is new is what the draft is there to tell.
  expect(calls.filter(({ code }) => code === 'input-invalid').map(({ route: one }) => one)).toEqual([]);
});

test('refused calls, failed ones and those that a watching policy doubts teach nothing', async () => {
  const upstream = await startUpstream((request, response) => {
    response.writeHead(request.url?.startsWith('/things/9') ? 404 : 200, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
  });
  const key = keyFor();
  const config = GatewayConfig.parse({
    version: 1,
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/things/{id}' }, auth: 'required' },
          { match: { path: '/watched' }, auth: 'required', mode: 'monitor' },
        ],
      },
    ],
    consumers: [{ name: 'till', keys: [key.config] }],
    drafts,
  });
  const { url, gateway } = await startGateway(config);
  const call = (path: string, secret?: string) =>
    fetch(url + path, secret === undefined ? {} : { headers: { 'x-api-key': secret } });
  expect((await call('/things/1?evil=1')).status).toBe(401);
  expect((await call('/watched?evil=1')).status).toBe(200);
  expect((await call('/things/9?gone=1', key.secret)).status).toBe(404);
  expect(gateway.drafts()).toEqual([]);
  expect((await call('/things/1?page=2', key.secret)).status).toBe(200);
  const [only, ...others] = gateway.drafts();
  expect(others).toEqual([]);
  expect(Object.keys(only?.query.shape.object?.members ?? {})).toEqual(['page']);
  expect(only).toMatchObject({ seen: 1, open: false, route: 'ANY /things/{id}', method: 'GET' });
});

test('it is off unless asked for, looks no more often than it is told, and is there again after a restart', async () => {
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"state":"paid","who":"Marina"}');
  });
  const services = [
    { name: 'shop', upstream: upstream.url, routes: [{ match: { path: '/a' }, auth: 'none' as const }] },
  ];
  const running = await startGateway({ services });
  const fetchMany = async (count: number) => {
    for (let i = 0; i < count; i++) await (await fetch(`${running.url}/a`)).text();
  };
  await fetchMany(3);
  expect(running.gateway.drafts()).toEqual([]);
  await running.apply({ services, drafts: { mode: 'on', sample: 1 } });
  await fetchMany(20);
  const [learnt] = running.gateway.drafts();
  expect(learnt?.seen).toBeLessThanOrEqual(2);
  await running.apply({ services, drafts });
  await fetchMany(80);
  const text = () => JSON.stringify(openapiOf('shop', running.gateway.drafts()));
  expect(text()).toContain('"enum":["paid"]');
  expect(text()).not.toContain('Marina');
  await running.gateway.drain(200);
  const stored = readStoredDrafts(running.dataDir, { warn: () => expect.unreachable() });
  expect(stored[0]?.seen).toBeGreaterThan(50);
  expect(JSON.stringify(stored)).not.toContain('Marina');
});
