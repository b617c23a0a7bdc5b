import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Protection, Protections } from '../../../src/contracts/api/protections.ts';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
let service: string;
let route: string;
beforeEach(async () => {
  plane = await startControlPlane();
  const connected = { name: 'shop', upstream: 'http://127.0.0.1:3000' };
  service = (await plane.call('POST', '/api/services', connected)).body.service.id;
  const rule = { path: '/orders/{id}', methods: ['POST'], auth: 'key', scopes: [], rateLimits: [], mode: 'enforce' };
  route = (await plane.call('POST', `/api/services/${service}/routes`, rule)).body.route.id;
});
afterEach(() => plane.close());

const ROUTE = 'POST /orders/{id}';
const validate = (mode: string) => ({ validate: { mode, body: { type: 'object', required: ['email'] } } });
const read = async (days = 7) =>
  (await (
    await plane.call('GET', `/api/protections?days=${days}`)
  ).body) as unknown as Protections;
const part = async (id: string): Promise<Protection> => {
  const found = (await read()).items.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};

let seq = 0;
async function record(...calls: { decisions: object[]; consumer?: string | null; route?: string; daysAgo?: number }[]) {
  const lines = calls.map(({ daysAgo = 0, ...some }) => {
    seq += 1;
    const time = new Date(plane.clock.now() - daysAgo * 86_400_000).toISOString();
    return JSON.stringify({
      ...{ seq, type: 'request', id: `01REF${String(seq).padStart(21, '0')}`, time, service: 'shop', route: ROUTE },
      ...{ method: 'POST', path: '/orders/{id}', status: 200, code: null, consumer: 'web', key: null, bytesIn: 1 },
      ...{ address: '203.0.113.7', bytesOut: 1, durationMs: 1, upstreamMs: 1, revision: 1, ...some },
    });
  });
  const answer = await plane.gateway.fetch('/api/gateway/events?gateway=gw1', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: `${lines.join('\n')}\n`,
  });
  expect(answer.status).toBe(200);
}
beforeEach(() => {
  seq = 0;
});

const wrong = (decision = 'would-deny') => ({
  ...{ policy: 'validate', decision, code: 'input-invalid', detail: 'body.email: required', places: ['body.email'] },
});

test('what it would have stopped, of whom, on which day', async () => {
  await plane.call('PATCH', `/api/routes/${route}/settings`, validate('monitor'));
  await record(
    { decisions: [wrong()] },
    { decisions: [wrong()], daysAgo: 2 },
    { decisions: [wrong()], consumer: null },
    { decisions: [wrong('deny')] },
    { decisions: [wrong('excepted')] },
    { decisions: [wrong()], daysAgo: 8 },
  );
  const found = await part(`validate shop ${ROUTE}`);
  expect(found).toMatchObject({ kind: 'input', part: 'route', service: 'shop', route: ROUTE, mode: 'monitor' });
  expect(found).toMatchObject({ would: 3, honest: 2, stopped: 1, excepted: 1, effective: 'monitor' });
  expect(found.days.map(({ would }) => would)).toEqual([0, 0, 0, 0, 1, 0, 2]);
  expect(found.findings[0]).toMatchObject({
    consumer: 'web',
    calls: 2,
    about: 'body.email: required',
    code: 'input-invalid',
  });
  expect((await read(30)).items.find(({ id }) => id === found.id)?.would).toBe(4);
});

test('the place that it names is where its mode is changed, and since when it is so is known', async () => {
  await plane.call('PATCH', `/api/routes/${route}/settings`, validate('monitor'));
  const { setting, since } = await part(`validate shop ${ROUTE}`);
  expect(setting).toEqual({ at: `/api/routes/${route}/settings`, member: 'validate' });
  await plane.call('PATCH', '/api/settings', { blocklist: { deny: ['203.0.113.9'] } });
  expect((await part(`validate shop ${ROUTE}`)).since).toBe(since);
  await plane.call('PATCH', setting.at, { [setting.member]: validate('enforce').validate });
  const after = await part(`validate shop ${ROUTE}`);
  expect(after).toMatchObject({ mode: 'enforce', effective: 'enforce' });
  expect(Date.parse(after.since)).toBeGreaterThanOrEqual(Date.parse(since));
});

test('every kind is there with its default, and a rule that watches holds back the others', async () => {
  const before = (await read()).items.map(({ id, kind, mode }) => [id, kind, mode]);
  expect(before).toEqual([
    ['attack-filter', 'attacks', 'monitor'],
    ['response-guard', 'answers', 'off'],
    ['bans', 'guessing', 'monitor'],
    ['learnt-ownership shop', 'ownership', 'monitor'],
  ]);
  await plane.call('PATCH', `/api/services/${service}/settings`, { ownership: { learn: { mode: 'enforce' } } });
  await plane.call('PATCH', '/api/settings', { responseGuard: { mode: 'enforce' }, bans: { mode: 'off' } });
  await plane.call('PATCH', `/api/routes/${route}/settings`, {
    ...{
      ...validate('enforce'),
      attackFilter: { mode: 'enforce' },
      responseGuard: { mode: 'off' },
      loginProtection: 'off',
    },
  });
  await plane.call('PATCH', `/api/routes/${route}`, { mode: 'monitor' });
  const { items } = await read();
  expect(Object.fromEntries(items.map(({ id, mode, effective }) => [id, [mode, effective]]))).toEqual({
    'attack-filter': ['monitor', 'monitor'],
    [`attack-filter shop ${ROUTE}`]: ['enforce', 'monitor'],
    'response-guard': ['enforce', 'enforce'],
    bans: ['off', 'off'],
    'learnt-ownership shop': ['enforce', 'enforce'],
    [`route shop ${ROUTE}`]: ['monitor', 'monitor'],
    [`validate shop ${ROUTE}`]: ['enforce', 'monitor'],
    [`response-guard shop ${ROUTE}`]: ['off', 'off'],
    [`login-by-address shop ${ROUTE}`]: ['off', 'off'],
  });
});

test('a decision belongs to the nearest place that can be switched', async () => {
  const guard = { policy: 'response-guard', decision: 'would-change', code: 'answer-covered', detail: 'Visa' };
  const limit = { policy: 'rate-limit-consumer', decision: 'deny', code: 'rate-limited' };
  await plane.call('PATCH', '/api/settings', { responseGuard: { mode: 'monitor' } });
  await record({ decisions: [guard] }, { decisions: [limit] }, { decisions: [limit], route: 'ANY /other' });
  expect((await part('response-guard')).would).toBe(1);
  // A rule that protects is told when it stopped something.
  expect(await part(`route shop ${ROUTE}`)).toMatchObject({ mode: 'enforce', stopped: 1, would: 0 });
  await plane.call('PATCH', `/api/routes/${route}/settings`, { responseGuard: { mode: 'monitor' } });
  expect((await part('response-guard')).would).toBe(0);
  expect((await part(`response-guard shop ${ROUTE}`)).would).toBe(1);
});

test('what the attack filter found is told by kind and field, whoever sent it', async () => {
  const found = (about: string, decision = 'would-deny') => ({
    ...{ policy: 'attack-filter', decision, code: 'attack-detected', detail: about, places: [about.split(':')[0]] },
  });
  await record(
    { decisions: [found('body.note: sqli; query.q: xss')] },
    { decisions: [found('body.note: sqli', 'deny')], consumer: null },
    { decisions: [found('query.q: xss')], consumer: null },
    { decisions: [found('query.p: xss', 'excepted')] },
  );
  const filter = await part('attack-filter');
  expect(filter).toMatchObject({ kind: 'attacks', part: 'whole', would: 2, honest: 1, stopped: 1, excepted: 1 });
  const place = { service: 'shop', route: ROUTE };
  expect(filter.attacks).toEqual([
    { ...place, kind: 'sqli', field: 'body.note', calls: 2, honest: 1, latest: expect.stringMatching(/02$/) },
    { ...place, kind: 'xss', field: 'query.q', calls: 1, honest: 0, latest: expect.stringMatching(/03$/) },
  ]);
  expect((await part('bans')).attacks).toEqual([]);
});
