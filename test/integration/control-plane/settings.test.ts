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
