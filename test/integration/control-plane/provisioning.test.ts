import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProvisioning } from '../../../src/modules/provisioning/index.ts';
import { type ControlPlane, LISTEN, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
});
afterEach(() => plane.close());

const key = (consumer: string) => plane.call('POST', '/api/keys', { consumer, scopes: [], expiresAt: null });

describe('snapshots', () => {
  test('a waiting gateway is woken at once by a change', async () => {
    let fastest = Number.POSITIVE_INFINITY;
    // What else the machine is busy with only ever makes one slower.
    for (let made = 1; made <= 5 && fastest >= 200; made++) {
      const { etag } = await plane.gateway.snapshot();
      const waiting = plane.gateway.snapshot(etag ?? '', 20);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const changed = performance.now();
      const making = key(`web-shop-${made}`);
      const { status, snapshot } = await waiting;
      fastest = Math.min(fastest, performance.now() - changed);
      expect(status).toBe(200);
      expect(snapshot.keys).toHaveLength(made);
      await making;
    }
    expect(fastest).toBeLessThan(200);
  });

  test('without a change the wait ends with 304, and at once when the server closes', async () => {
    const { etag } = await plane.gateway.snapshot();
    const started = performance.now();
    expect(await plane.gateway.snapshot(etag ?? '', 1)).toMatchObject({ status: 304, etag });
    expect(performance.now() - started).toBeGreaterThan(950);
    const waiting = plane.gateway.snapshot(etag ?? '', 20);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closing = performance.now();
    await plane.server.close();
    expect((await waiting).status).toBe(304);
    expect(performance.now() - closing).toBeLessThan(2_000);
  });

  test('a gateway that was away gets the newest, once', async () => {
    const { etag } = await plane.gateway.snapshot();
    await key('a');
    await key('b');
    const next = await plane.gateway.snapshot(etag ?? '', 20);
    expect(next.snapshot.keys).toHaveLength(2);
    expect((await plane.gateway.snapshot(next.etag ?? '')).status).toBe(304);
  });

  test('only gateways may ask', async () => {
    expect((await plane.fetch('/api/gateway/snapshot')).status).toBe(403);
    expect((await fetch(`${plane.url}/api/gateway/snapshot`)).status).toBe(401);
    expect((await plane.gateway.fetch('/api/keys')).status).toBe(403);
  });
});

describe('saved means live', () => {
  test('a change waits until the gateway runs it', async () => {
    const first = await plane.gateway.snapshot();
    await plane.gateway.report(first.snapshot.revision);
    const follow = plane.gateway.snapshot(first.etag ?? '', 20).then(async ({ snapshot }) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await plane.gateway.report(snapshot.revision);
    });
    const { body } = await key('web-shop');
    expect(body.change).toEqual({ revision: first.snapshot.revision + 1, live: true, gateways: 1, reason: null });
    await follow;
    const { body: state } = await plane.call('GET', '/api/front-door');
    expect(state).toMatchObject({
      revision: body.change.revision,
      gateways: [{ id: 'gw1', connected: true, appliedRevision: body.change.revision }],
    });
  });

  test('a gateway that refuses says why, without the whole wait', async () => {
    const { snapshot } = await plane.gateway.snapshot();
    await plane.gateway.report(snapshot.revision);
    const started = performance.now();
    const made = key('web-shop');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await plane.gateway.report(snapshot.revision, {
      refused: { revision: snapshot.revision + 1, message: 'Port 80 is taken.' },
    });
    const { change } = (await made).body;
    expect(change).toMatchObject({ live: false, gateways: 1, reason: expect.stringContaining('Port 80 is taken.') });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a gateway that is silent is waited for three seconds, one that went away not at all', async () => {
    const { snapshot } = await plane.gateway.snapshot();
    await plane.gateway.report(snapshot.revision);
    const started = performance.now();
    expect((await key('a')).body.change).toMatchObject({ live: false, gateways: 1 });
    expect(performance.now() - started).toBeGreaterThan(2_900);
    plane.clock.advance(60_000);
    const later = performance.now();
    expect((await key('b')).body.change).toMatchObject({ live: false, gateways: 0 });
    expect(performance.now() - later).toBeLessThan(500);
  });

  test('numbers that a gateway knows from before a restored backup are not given out again', async () => {
    await plane.gateway.report(41);
    const { snapshot } = await plane.gateway.snapshot();
    expect(snapshot.revision).toBe(42);
  });
});

test('the last 20 revisions are kept with who made them, and a start without changes makes none', async () => {
  for (let at = 0; at < 25; at += 1) await key(`c${at}`);
  const db = plane.database.tables<{ revisions: { revision: number; actor: string } }>();
  const rows = await db.selectFrom('revisions').select(['revision', 'actor']).orderBy('revision').execute();
  expect(rows).toHaveLength(20);
  expect(rows.at(-1)?.actor).toBe('command line');
  const { database, audit, clock } = plane;
  const again = await createProvisioning({ database, audit, clock, server: { listen: [LISTEN] } });
  expect((await again.state()).revision).toBe(rows.at(-1)?.revision);
  const moved = await createProvisioning({ database, audit, clock, server: { listen: ['127.0.0.1:9999'] } });
  const next = await moved.nextSnapshot(null, 0, new AbortController().signal);
  expect(JSON.parse(next?.text ?? '{}').server.listen).toEqual([{ host: '127.0.0.1', port: 9999, protocol: 'http' }]);
  expect((await moved.state()).revision).toBe((rows.at(-1)?.revision ?? 0) + 1);
  const unsaid = await createProvisioning({ database, audit, clock, server: null });
  expect((await unsaid.state()).revision).toBe((rows.at(-1)?.revision ?? 0) + 1);
});

const YAML = `version: 1
server:
  listen: ["${LISTEN}"]
  hostnames: [api.shop.example]
  limits: { body: 2MiB }
defaults: { auth: none, mode: monitor }
services:
  - name: shop
    upstream: [{ url: http://127.0.0.1:3000/base, weight: 3 }, http://127.0.0.1:3001]
    preserveHost: true
    timeouts: { connect: 1s, response: 9s }
    routes:
      - match: { path: "/orders/{id}", methods: [GET, HEAD], hostnames: [api.shop.example] }
        auth: { any: [apiKey] }
        scopes: ["orders:read"]
        ownership: { param: id, equals: consumer.attributes.customerId }
        rateLimit: [{ name: slow, key: consumer, quota: 5, window: 15m }]
        mode: enforce
        limits: { body: 16KiB }
      - match: { path: /* }
  - name: stock
    upstream: https://stock.example
    routes: []
consumers:
  - name: web-shop
    attributes: { customerId: "42" }
    scopes: ["orders:read"]
    keys: [{ id: k1, hash: "sha256:${'a'.repeat(64)}", expires: 2027-01-01 }, { id: k2, hash: "sha256:${'b'.repeat(64)}", scopes: [] }]
  - name: till
    basic: [{ username: till, passwordHash: "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$${'A'.repeat(43)}" }]
    certificates: [{ subject: "CN=till" }, { sanUri: "spiffe://shop/till" }]
oauth2: { introspection: [{ url: "https://id.example/i", clientId: gateway, clientSecret: { env: SECRET } }] }
blocklist: { deny: [203.0.113.0/24], allow: [203.0.113.9] }
`;

describe('import and export', () => {
  const put = (yaml: string) => plane.call('PUT', '/api/config', { yaml });

  test('what is exported can be imported, and means the same', async () => {
    const imported = await put(YAML);
    expect(imported).toMatchObject({ status: 200, body: { services: 2, routes: 2, consumers: 2, keys: 2 } });
    const { snapshot } = await plane.gateway.snapshot();
    expect(snapshot.routes[1]).toMatchObject({ auth: [], mode: 'monitor', bodyLimitBytes: 2 * 1024 ** 2 });
    expect(snapshot.consumers[1]).toMatchObject({ basic: [{ username: 'till' }], certificates: [{}, {}] });
    expect(snapshot.keys[0]?.expiresAt).toBe(Date.UTC(2027, 0, 2) - 1);
    const exported = await plane.exportYaml();
    await put('version: 1\nservices: []\n');
    expect((await plane.gateway.snapshot()).snapshot.keys).toEqual([]);
    expect((await put(exported)).status).toBe(200);
    const again = (await plane.gateway.snapshot()).snapshot;
    expect({ ...again, revision: 0 }).toEqual({ ...snapshot, revision: 0 });
    expect(await plane.exportYaml()).toBe(exported);
    expect((await plane.call('GET', '/api/audit')).body.items[0]).toMatchObject({
      action: 'config.import',
      detail: { routes: 2 },
    });
  });

  test('people see and change the first of several upstreams; the others stay', async () => {
    await put(YAML);
    const [shop] = (await plane.call('GET', '/api/services')).body.items;
    expect(shop?.upstream).toBe('http://127.0.0.1:3000/base');
    await plane.call('PATCH', `/api/services/${shop?.id}`, { upstream: 'http://127.0.0.1:4000' });
    expect((await plane.gateway.snapshot()).snapshot.services[0]).toMatchObject({
      upstream: 'http://127.0.0.1:4000',
      upstreams: [
        { url: 'http://127.0.0.1:4000', weight: 3 },
        { url: 'http://127.0.0.1:3001', weight: 1 },
      ],
    });
  });

  test('what a file does not say stays: ids, titles, hints', async () => {
    const made = await key('web-shop');
    const { body } = await plane.call('POST', '/api/services', {
      name: 'shop',
      title: 'Our shop',
      upstream: 'http://127.0.0.1:3000',
    });
    await put(await plane.exportYaml());
    expect((await plane.call('GET', '/api/services')).body.items).toEqual([body.service]);
    expect((await plane.call('GET', '/api/keys')).body.items).toEqual([made.body.key]);
  });

  test.each([
    ['an unknown key', YAML.replace('upstream: https', 'upstrem: https'), /line 22/],
    ['no YAML', 'version: 1\nservices: [\n', /line/],
    ['another address to listen on', YAML.replace(LISTEN, '0.0.0.0:80'), /line 3, column 1: server\.listen/],
  ])('%s is refused with its line, and nothing changes', async (_, yaml, place) => {
    await put(YAML);
    const before = await plane.gateway.snapshot();
    const answer = await put(yaml);
    expect(answer).toMatchObject({ status: 422, body: { code: 'config-invalid' } });
    expect(answer.body.faults.map((fault: { place: string }) => fault.place).join('\n')).toMatch(place);
    expect((await plane.gateway.snapshot()).etag).toBe(before.etag);
  });
});
