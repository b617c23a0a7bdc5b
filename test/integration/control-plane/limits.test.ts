import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
});
afterEach(() => plane.close());

const YAML = `version: 1
defaults: { loginProtection: { perAddress: 50 } }
rateLimits: [{ name: daily, key: consumer, quota: 10000, per: day }]
bans: { mode: enforce, attempts: 9 }
services:
  - name: shop
    upstream: http://127.0.0.1:3000
    routes:
      - match: { path: /search }
        rateLimit:
          - { use: daily, cost: 5 }
          - { key: consumer, quota: 60, window: 1m }
          - { key: consumer+query.shop, quota: 6, window: 1m }
        concurrency: [{ key: consumer, max: 10 }]
      - match: { path: /login, methods: [POST] }
        auth: none
        loginProtection: { fields: [nick] }
`;

test('limits that the console has no fields for survive its changes, import and export', async () => {
  expect((await plane.call('PUT', '/api/config', { yaml: YAML })).status).toBe(200);
  const { snapshot } = await plane.gateway.snapshot();
  const [search, login] = snapshot.routes;
  expect(snapshot.bans).toEqual({ mode: 'enforce', attempts: 9, windowMs: 600_000, unknownPaths: 60 });
  expect(search?.rateLimits.map(({ name, cost, per }) => [name, cost, per])).toEqual([
    ['consumer', 1, 'window'],
    ['daily', 5, 'day'],
    ['consumer+query.shop', 1, 'window'],
  ]);
  expect(search?.concurrency).toEqual([{ key: 'consumer', max: 10 }]);
  expect(login?.loginProtection).toEqual({
    perAddress: 50,
    perAccount: 5,
    perNetwork: 600,
    fields: ['nick'],
    byPath: false,
  });

  const [service] = (await plane.call('GET', '/api/services')).body.items;
  const [route] = (await plane.call('GET', `/api/services/${service?.id}/routes`)).body.items;
  expect(route?.rateLimits).toEqual([{ key: 'consumer', quota: 60, window: '1m' }]);
  const rateLimits = [{ key: 'consumer', quota: 70, window: '1m' }];
  const changed = await plane.call('PATCH', `/api/routes/${route?.id}`, { rateLimits });
  expect(changed.status).toBe(200);
  const exported = await plane.exportYaml();
  expect((await plane.call('PUT', '/api/config', { yaml: exported })).status).toBe(200);
  const again = (await plane.gateway.snapshot()).snapshot;
  expect(again.routes[0]?.rateLimits.map(({ quota }) => quota)).toEqual([70, 10_000, 6]);
  expect({ ...again, revision: 0, routes: again.routes.slice(1) }).toEqual({
    ...snapshot,
    revision: 0,
    routes: snapshot.routes.slice(1),
  });
});
