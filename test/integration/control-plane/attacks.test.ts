import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
  const connected = { name: 'shop', upstream: 'http://127.0.0.1:3000' };
  const { service } = (await plane.call('POST', '/api/services', connected)).body;
  const rule = { path: '/orders', methods: ['POST'], auth: 'key', scopes: [], rateLimits: [], mode: 'enforce' };
  await plane.call('POST', `/api/services/${service.id}/routes`, rule);
});
afterEach(() => plane.close());

const ROUTE = 'POST /orders';
const REFERENCE = '01ATTACKEDCALL000000000001';
const request = { detector: 'sqli', service: 'shop', route: ROUTE, field: 'body.note', days: 30 };
const exclusions = async () =>
  (await plane.gateway.snapshot()).snapshot.routes.find(({ id }) => id === ROUTE)?.attackFilter?.exclusions;
const items = async (path: string) => (await plane.call('GET', path)).body.items;

async function record(id: string, attack?: object) {
  const decision = { policy: 'attack-filter', decision: 'would-deny', code: 'attack-detected', attack };
  const line = JSON.stringify({
    ...{ seq: 1, type: 'request', id, time: new Date(plane.clock.now()).toISOString(), service: 'shop', route: ROUTE },
    ...{
      method: 'POST',
      path: '/orders',
      status: 200,
      code: null,
      consumer: 'web',
      key: null,
      bytesIn: 1,
      bytesOut: 1,
    },
    ...{ address: '203.0.113.7', durationMs: 1, upstreamMs: 1, revision: 1 },
    decisions: attack === undefined ? [] : [decision],
  });
  const headers = { 'content-type': 'application/x-ndjson' };
  const path = `/api/gateway/events?gateway=${id.toLowerCase()}`;
  const answer = await plane.gateway.fetch(path, { method: 'POST', headers, body: `${line}\n` });
  expect(answer.status).toBe(200);
}

const charge = (kind: string, place: string, excerpt: string) => ({
  ...{ kind, technique: 'tautology', confidence: 95, place, excerpt, undone: [] },
});

test('a field is excluded for a while, and looked at again', async () => {
  await plane.call('PATCH', '/api/settings', { attackFilter: { mode: 'enforce', profile: 'strict' } });
  const made = await plane.call('POST', '/api/attack-exclusions', { ...request, reason: 'recipes' });
  expect(made.status).toBe(201);
  const [kept] = (await exclusions()) ?? [];
  expect(kept).toMatchObject({ detector: 'sqli', field: 'body.note' });
  expect((kept?.expiresAt ?? 0) - Date.now()).toBeLessThanOrEqual(30 * 86_400_000);
  expect(await plane.exportYaml()).toContain('reason: recipes');
  const [listed] = await items('/api/attack-exclusions');
  expect(listed).toMatchObject({ id: expect.stringMatching(/^ax_/), route: ROUTE, reason: 'recipes' });
  const end = () => plane.call('DELETE', `/api/attack-exclusions/${listed?.id}`);
  expect((await end()).status).toBe(200);
  expect((await end()).status).toBe(404);
  expect(await exclusions()).toEqual([]);
  const settings = (await plane.call('GET', '/api/settings')).body as unknown as { attackFilter: object };
  expect(settings.attackFilter).toMatchObject({ mode: 'enforce', profile: 'strict' });
  const actions = (await items('/api/audit')).map((entry) => entry.action);
  expect(actions).toEqual(expect.arrayContaining(['attack-exclusion.create', 'attack-exclusion.delete']));
});

test.each([
  [{ detector: 'sql' }, 400],
  [{ field: 'note' }, 400],
  [{ days: 400 }, 400],
  [{ service: 'nobody' }, 422],
])('an exclusion with %j is refused', async (other, status) => {
  expect((await plane.call('POST', '/api/attack-exclusions', { ...request, ...other })).status).toBe(status);
  expect(await exclusions()).toEqual([]);
});

test('a call that was honest: each field is excluded, and what was seen is kept to be judged anew', async () => {
  const charges = [charge('sqli', 'body.items[*].note', 'select the blue one'), charge('xss', 'body.password', '')];
  await record(REFERENCE, { score: 95, complete: true, charges });
  const said = await plane.call('POST', '/api/honest-calls', { reference: REFERENCE, days: 30 });
  expect(said).toMatchObject({ status: 201, body: { kept: true } });
  expect(await exclusions()).toMatchObject([
    { detector: 'sqli', field: 'body.items[*].note' },
    { detector: 'xss', field: 'body.password' },
  ]);
  expect(await items('/api/honest-calls')).toMatchObject([
    { reference: REFERENCE, service: 'shop', route: ROUTE, charges: [{ place: 'body.items[*].note' }, {}] },
  ]);
  const forget = () => plane.fetch(`/api/honest-calls/${REFERENCE}`, { method: 'DELETE' });
  expect((await forget()).status).toBe(204);
  expect((await forget()).status).toBe(404);
  expect((await plane.fetch('/api/honest-calls/..%2F..%2Fmaster', { method: 'DELETE' })).status).toBe(404);
  expect(await items('/api/honest-calls')).toEqual([]);
});

test('a call with nothing against it, and one that is not there', async () => {
  await record(REFERENCE);
  const nothing = await plane.call('POST', '/api/honest-calls', { reference: REFERENCE, days: 30 });
  expect([nothing.status, nothing.body.code]).toEqual([422, 'nothing-to-exclude']);
  const unknown = await plane.call('POST', '/api/honest-calls', { reference: '01NOBODY', days: 30 });
  expect(unknown.status).toBe(404);
});
