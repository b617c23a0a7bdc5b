import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
let service: { id: string };
beforeEach(async () => {
  plane = await startControlPlane();
  service = (await plane.call('POST', '/api/services', { name: 'shop', upstream: 'http://127.0.0.1:3000' })).body
    .service;
});
afterEach(() => plane.close());

const json = async (path: string) => (await plane.call('GET', path)).body;
const snapshot = async () => (await plane.gateway.snapshot()).snapshot;

test('what holds for the gateway as a whole is changed part by part, and exported', async () => {
  const blocked = await plane.call('PATCH', '/api/settings', { blocklist: { deny: ['203.0.113.0/24'] } });
  expect(blocked.status).toBe(200);
  const guarded = await plane.call('PATCH', '/api/settings', { responseGuard: { mode: 'enforce' } });
  expect(guarded.status).toBe(200);
  expect(await json('/api/settings')).toEqual({
    server: { listen: ['127.0.0.1:8080'] },
    blocklist: { deny: ['203.0.113.0/24'] },
    responseGuard: { mode: 'enforce' },
  });
  expect((await snapshot()).blocklist).toEqual({ deny: ['203.0.113.0/24'], allow: [] });
  await plane.call('PATCH', '/api/settings', { blocklist: null });
  expect((await snapshot()).blocklist).toBeNull();
  expect(await plane.exportYaml()).toContain('responseGuard:');
});

test.each([
  [{ attackPlan: {} }, 'setting-unknown'],
  [{ services: [] }, 'setting-unknown'],
  [{ blocklist: { deny: ['nobody'] } }, 'change-refused'],
  [{ server: { listen: ['127.0.0.1:9'] } }, 'setting-fixed'],
])('%j is refused as a whole', async (patch, code) => {
  const before = await snapshot();
  const answer = await plane.call('PATCH', '/api/settings', { responseGuard: {}, ...patch });
  expect([answer.status, answer.body.code]).toEqual([422, code]);
  expect(await snapshot()).toEqual(before);
});

test('a route learns what it must look like, and loses it again', async () => {
  const { items } = await json(`/api/services/${service.id}/routes`);
  const path = `/api/routes/${items[0]?.id}/settings`;
  const validate = { body: { type: 'object', required: ['email'] } };
  expect((await plane.call('PATCH', path, { validate, ownership: null })).status).toBe(200);
  expect(await json(path)).toEqual({ validate });
  expect((await snapshot()).routes[0]?.validate?.body).toMatchObject({ required: ['email'] });
  const wrong = await plane.call('PATCH', path, { validate: { body: { type: 'objekt' } } });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'change-refused']);
  expect((await plane.call('PATCH', path, { mode: 'off' })).body.code).toBe('setting-unknown');
  await plane.call('PATCH', path, { validate: null });
  expect((await snapshot()).routes[0]?.validate).toBeNull();
  expect((await plane.call('PATCH', '/api/routes/rt_none/settings', { validate })).status).toBe(404);
});

test('a service keeps what has no column', async () => {
  const path = `/api/services/${service.id}/settings`;
  expect((await plane.call('PATCH', path, { upstream: 'http://127.0.0.1:1' })).body.code).toBe('setting-unknown');
  expect((await plane.call('PATCH', '/api/services/svc_none/settings', {})).status).toBe(404);
  expect(await json(path)).toEqual({});
});

test('an exception is made, listed, ended, and written down', async () => {
  const request = {
    policy: 'validate',
    service: 'shop',
    route: 'ANY /*',
    consumer: 'till',
    places: ['body.note'],
    days: 7,
  };
  const made = await plane.call('POST', '/api/exceptions', { ...request, reason: 'Our till writes long notes' });
  expect(made.status).toBe(201);
  const [kept] = (await snapshot()).exceptions;
  expect(kept).toMatchObject({ policy: 'validate', consumer: 'till', places: ['body.note'] });
  expect((kept?.expiresAt ?? 0) - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
  const { items } = await json('/api/exceptions');
  expect(items).toHaveLength(1);
  expect((await plane.call('DELETE', `/api/exceptions/${items[0]?.id}`)).status).toBe(200);
  expect((await snapshot()).exceptions).toEqual([]);
  expect((await plane.call('DELETE', `/api/exceptions/${items[0]?.id}`)).status).toBe(404);
  const audit = await json('/api/audit');
  expect(audit.items.map((entry) => entry.action)).toEqual(
    expect.arrayContaining(['exception.create', 'exception.delete']),
  );
});

test.each([
  [{ policy: 'authenticate' }, 400],
  [{ days: 400 }, 400],
  [{ service: 'nobody' }, 422],
])('an exception with %j is refused', async (other, status) => {
  const request = { policy: 'validate', service: 'shop', route: 'ANY /*', days: 7, ...other };
  expect((await plane.call('POST', '/api/exceptions', request)).status).toBe(status);
});

test('a service gets several addresses, time limits, and loses them again', async () => {
  const path = `/api/services/${service.id}/settings`;
  const upstream = [{ url: 'http://127.0.0.1:3001', weight: 3 }, 'http://127.0.0.1:3002'];
  expect((await plane.call('PATCH', path, { upstream, timeouts: { response: '5s' } })).status).toBe(200);
  expect(await json(path)).toEqual({ upstream, timeouts: { response: '5s' } });
  expect((await snapshot()).services[0]?.upstreams.map(({ url, weight }) => [url, weight])).toEqual([
    ['http://127.0.0.1:3001', 3],
    ['http://127.0.0.1:3002', 1],
  ]);
  expect((await json('/api/services')).items[0]).toMatchObject({ upstream: 'http://127.0.0.1:3001' });
  expect((await plane.call('PATCH', path, { upstream: [{ weight: 2 }] })).body.code).toBe('change-refused');
  await plane.call('PATCH', path, { upstream: null, timeouts: null });
  expect(await json(path)).toEqual({});
  expect((await snapshot()).services[0]).toMatchObject({ upstream: 'http://127.0.0.1:3001', upstreams: [] });
});

test('a route gets limits that the list has no fields for, and one on what is sent', async () => {
  const { items } = await json(`/api/services/${service.id}/routes`);
  const path = `/api/routes/${items[0]?.id}/settings`;
  const rateLimit = [{ key: 'query.shop', quota: 10, per: 'day', cost: 2 }];
  expect((await plane.call('PATCH', path, { rateLimit, limits: { body: '64KiB' } })).status).toBe(200);
  expect(await json(path)).toEqual({ rateLimit, limits: { body: '64KiB' } });
  expect(await plane.exportYaml()).toContain('query.shop');
  expect((await plane.call('PATCH', path, { limits: { body: 'much' } })).body.code).toBe('change-refused');
});

test('a caller gets a password that is shown once and kept as a hash', async () => {
  await plane.call('POST', '/api/consumers', { name: 'till' });
  const path = '/api/consumers/till';
  expect((await plane.call('PATCH', `${path}/settings`, { attributes: { customerId: '7' } })).status).toBe(200);
  const made = await plane.call('POST', `${path}/passwords`, { username: 'till-1' });
  expect(made.status).toBe(201);
  const { password } = made.body as unknown as { password: string };
  expect(password).toHaveLength(24);
  expect(await json(`${path}/settings`)).toEqual({ attributes: { customerId: '7' }, basic: [{ username: 'till-1' }] });
  const yaml = await plane.exportYaml();
  expect(yaml).toContain('$argon2id$');
  expect(yaml).not.toContain(password);
  const audit = JSON.stringify(await json('/api/audit'));
  expect(audit).toContain('consumer.password');
  expect(audit).not.toContain(password);
  expect((await plane.call('PATCH', `${path}/settings`, { basic: [] })).body.code).toBe('setting-unknown');
  expect((await plane.call('DELETE', `${path}/passwords/nobody`)).status).toBe(404);
  expect((await plane.call('DELETE', `${path}/passwords/till-1`)).status).toBe(200);
  expect(await json(`${path}/settings`)).toEqual({ attributes: { customerId: '7' } });
});

test('the certificate in service and the address of the one who asks are told', async () => {
  await plane.gateway.report(1, { certificateExpiresAt: Date.parse('2027-01-02T00:00:00Z') });
  expect((await json('/api/front-door')).gateways[0]).toMatchObject({
    certificateExpiresAt: '2027-01-02T00:00:00.000Z',
  });
  expect(await json('/api/your-address')).toEqual({ address: '127.0.0.1' });
});
