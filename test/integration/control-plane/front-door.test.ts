import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classifyApiKey, hashApiKey } from '../../../src/platform/api-key.ts';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
});
afterEach(() => plane.close());

const SHOP = { name: 'shop', upstream: 'http://127.0.0.1:3000' };
const ROUTE = {
  path: '/orders/{id}',
  methods: ['GET'],
  auth: 'key',
  scopes: ['orders:read'],
  rateLimits: [],
  mode: 'enforce',
};

async function connectShop() {
  const { status, body } = await plane.call('POST', '/api/services', SHOP);
  expect(status).toBe(201);
  return body;
}

async function actions(): Promise<string[]> {
  const { body } = await plane.call('GET', '/api/audit');
  return body.items.map((entry) => `${entry.action} ${entry.subject}`);
}

describe('services and routes', () => {
  test('a new service starts behind one route that needs a key and is limited', async () => {
    const { service, change } = await connectShop();
    expect(change).toMatchObject({ live: false, gateways: 0 });
    const { snapshot } = await plane.gateway.snapshot();
    expect(snapshot.revision).toBe(change.revision);
    expect(snapshot.routes).toEqual([
      expect.objectContaining({
        ...{ id: 'ANY /*', service: 'shop', auth: ['apiKey'], mode: 'enforce', scopes: [] },
        rateLimits: [
          expect.objectContaining({ key: 'consumer', quota: 120, windowMs: 60_000 }),
          expect.objectContaining({ key: 'address', quota: 300, windowMs: 60_000 }),
        ],
      }),
    ]);
    const { body } = await plane.call('GET', `/api/services/${service.id}/routes`);
    expect(body.items[0]).toMatchObject({ routeId: 'ANY /*', serviceId: service.id });
    expect(await actions()).toEqual(['service.create shop']);
  });

  test('a second service does not collide with the first', async () => {
    await connectShop();
    const second = await plane.call('POST', '/api/services', { name: 'stock', upstream: 'http://127.0.0.1:3001/api' });
    expect(second.status).toBe(201);
    expect((await plane.gateway.snapshot()).snapshot.routes.map((route) => route.id)).toEqual([
      'ANY /*',
      'ANY /stock/*',
    ]);
  });

  test('routes are added, changed and removed, each change a revision and an audit entry', async () => {
    const { service, change } = await connectShop();
    const added = await plane.call('POST', `/api/services/${service.id}/routes`, ROUTE);
    expect(added).toMatchObject({ status: 201, body: { route: { routeId: 'GET /orders/{id}' } } });
    const { id } = added.body.route;
    const changed = await plane.call('PATCH', `/api/routes/${id}`, { mode: 'monitor', title: 'One order' });
    expect(changed.body.route).toMatchObject({ mode: 'monitor', title: 'One order', scopes: ['orders:read'] });
    expect((await plane.call('GET', '/api/scopes')).body.items).toEqual([
      { scope: 'orders:read', routes: ['GET /orders/{id}'] },
    ]);
    const removed = await plane.call('DELETE', `/api/routes/${id}`);
    expect(removed.body.change.revision).toBe(change.revision + 3);
    expect(await actions()).toEqual([
      'route.delete GET /orders/{id}',
      'route.update GET /orders/{id}',
      'route.create GET /orders/{id}',
      'service.create shop',
    ]);
    await plane.call('PATCH', `/api/services/${service.id}`, { upstream: 'http://127.0.0.1:9', title: 'Shop' });
    await plane.call('DELETE', `/api/services/${service.id}`);
    expect((await plane.gateway.snapshot()).snapshot).toMatchObject({ services: [], routes: [] });
  });

  test('a change that cannot be compiled is refused with its faults and nothing of it is stored', async () => {
    const { service } = await connectShop();
    const before = await plane.gateway.snapshot();
    const broken = await plane.call('POST', `/api/services/${service.id}/routes`, { ...ROUTE, path: '/a/../b' });
    expect(broken).toMatchObject({
      status: 422,
      body: { code: 'change-refused', faults: [{ place: expect.stringContaining('routes[1]') }] },
    });
    expect(broken.body.detail).toContain('/a/../b');
    const twice = await plane.call('POST', `/api/services/${service.id}/routes`, { ...ROUTE, path: '/*', methods: [] });
    expect(twice.status).toBe(422);
    expect((await plane.gateway.snapshot()).etag).toBe(before.etag);
    expect((await plane.call('GET', `/api/services/${service.id}/routes`)).body.items).toHaveLength(1);
    expect(await actions()).toEqual(['service.create shop']);
  });

  test.each([
    ['a taken name', 'POST', '/api/services', SHOP, 409, 'name-taken'],
    [
      'an upstream that is no web address',
      'POST',
      '/api/services',
      { name: 'x', upstream: 'file:///etc/passwd' },
      400,
      'input-invalid',
    ],
    ['an unknown field', 'POST', '/api/services', { ...SHOP, name: 'x', colour: 'red' }, 400, 'input-invalid'],
    ['a service that is not there', 'DELETE', '/api/services/svc_none', undefined, 404, 'service-unknown'],
    ['a route that is not there', 'PATCH', '/api/routes/rt_none', { mode: 'off' }, 404, 'route-unknown'],
  ])('%s is refused', async (_, method, path, body, status, code) => {
    await connectShop();
    expect(await plane.call(method, path, body)).toMatchObject({ status, body: { code } });
  });
});

describe('keys', () => {
  test('a key is shown once, kept as a hash, and revoked in the next snapshot', async () => {
    const made = await plane.call('POST', '/api/keys', {
      consumer: 'web-shop',
      scopes: ['orders:read'],
      expiresAt: null,
    });
    expect(made.status).toBe(201);
    const { key, secret } = made.body;
    expect(classifyApiKey(secret)).toBe('well-formed');
    expect(key.id).toMatch(/^k_[0-9a-z]{8}$/);
    const list = await plane.call('GET', '/api/keys');
    expect(list.body.items).toEqual([key]);
    const audit = JSON.stringify((await plane.call('GET', '/api/audit')).body);
    for (const text of [JSON.stringify(list.body), audit, plane.log.join('')]) expect(text).not.toContain(secret);
    const { snapshot } = await plane.gateway.snapshot();
    expect(snapshot.consumers).toMatchObject([{ name: 'web-shop', attributes: {}, scopes: [] }]);
    expect(snapshot.keys).toEqual([
      {
        id: key.id,
        consumer: 'web-shop',
        hash: hashApiKey(secret),
        expiresAt: null,
        revoked: false,
        scopes: ['orders:read'],
      },
    ]);
    const revoked = await plane.call('DELETE', `/api/keys/${key.id}`);
    expect(revoked.body.key.revokedAt).not.toBeNull();
    const after = await plane.gateway.snapshot();
    expect(after.snapshot.keys).toEqual([expect.objectContaining({ id: key.id, revoked: true })]);
    expect(after.etag).not.toBe(`"${made.body.change.revision}"`);
    expect(await actions()).toEqual([`key.revoke ${key.id}`, `key.create ${key.id}`]);
  });

  test('consumers hold scopes for their keys, and go with them', async () => {
    const consumer = { name: 'till', scopes: ['orders:write'], attributes: { branch: '7' } };
    expect((await plane.call('POST', '/api/consumers', consumer)).status).toBe(201);
    await plane.call('POST', '/api/keys', { consumer: 'till', scopes: [], expiresAt: '2027-01-01T00:00:00.000Z' });
    expect((await plane.call('GET', '/api/consumers')).body.items).toEqual([
      { ...consumer, keyCount: 1, createdAt: expect.any(String) },
    ]);
    await plane.call('DELETE', '/api/consumers/till');
    expect((await plane.gateway.snapshot()).snapshot.keys).toEqual([]);
  });

  test('a key that would expire before it is made is refused', async () => {
    const late = await plane.call('POST', '/api/keys', {
      consumer: 'a',
      scopes: [],
      expiresAt: '2020-01-01T00:00:00.000Z',
    });
    expect(late).toMatchObject({ status: 400, body: { code: 'expiry-past' } });
  });
});

describe('the lock', () => {
  test('is in the next snapshot, names what it closes, and is opened again', async () => {
    await connectShop();
    const locked = await plane.call('POST', '/api/lock', {
      message: 'Back at noon',
      routes: ['ANY /*'],
      allowConsumers: ['till'],
    });
    expect(locked.body.lock).toMatchObject({ locked: true, message: 'Back at noon', routes: ['ANY /*'] });
    expect((await plane.gateway.snapshot()).snapshot.lock).toMatchObject({
      message: 'Back at noon',
      allowConsumers: ['till'],
    });
    expect((await plane.call('GET', '/api/lock')).body).toEqual(locked.body.lock);
    expect((await plane.call('DELETE', '/api/lock')).body.lock.locked).toBe(false);
    expect((await plane.gateway.snapshot()).snapshot.lock).toBeNull();
    expect((await actions()).slice(0, 2)).toEqual(['lock.release front door', 'lock.set ANY /*']);
  });

  test('does not close what is not there', async () => {
    const answer = await plane.call('POST', '/api/lock', { routes: ['GET /nothing'], allowConsumers: [] });
    expect(answer).toMatchObject({ status: 422, body: { code: 'route-unknown' } });
  });
});
