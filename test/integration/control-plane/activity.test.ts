import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ActivityQuery } from '../../../src/contracts/api/activity.ts';
import type { Announcements } from '../../../src/contracts/events/announcements.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { GATEWAY_PROTOCOL } from '../../../src/contracts/protocol/gateway-protocol.ts';
import { createActivity } from '../../../src/modules/activity/index.ts';
import { EventBus } from '../../../src/platform/event-bus.ts';
import { type ControlPlane, startControlPlane } from './test-control-plane.ts';

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane();
});
afterEach(() => plane.close());

function call(seq: number, differences: Partial<RequestEvent> = {}): RequestEvent {
  return {
    ...{
      seq,
      type: 'request',
      id: `01REF${String(seq).padStart(21, '0')}`,
      time: new Date(plane.clock.now() + seq).toISOString(),
    },
    ...{ service: 'shop', route: 'GET /orders/{id}', method: 'GET', path: '/orders/{id}', status: 200, code: null },
    ...{
      consumer: 'web-shop',
      key: 'k1',
      address: '203.0.113.7',
      bytesIn: 0,
      bytesOut: 20,
      durationMs: 3,
      upstreamMs: 2,
    },
    ...{ decisions: [], revision: 1, ...differences },
  };
}

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${JSON.stringify(call(from + at))}\n`).join('');

async function ship(body: string, init: RequestInit = {}) {
  const headers = { 'content-type': 'application/x-ndjson' };
  const path = `${GATEWAY_PROTOCOL.events}?gateway=gw1`;
  const answer = await plane.gateway.fetch(path, { method: 'POST', body, headers, ...init });
  return { status: answer.status, body: (await answer.json()) as { storedThrough: number; code: string } };
}

const total = async () => (await plane.call('GET', '/api/activity/events?limit=200')).body.events.length;

describe('a gateway ships its events', () => {
  test('a batch twice, overlapping batches, and a connection that breaks are each stored once', async () => {
    expect(await ship(lines(1, 40))).toEqual({ status: 200, body: { storedThrough: 40 } });
    expect((await ship(lines(1, 40))).body.storedThrough).toBe(40);
    const broken = ship(lines(41, 90), { signal: AbortSignal.timeout(1) });
    await broken.catch(() => undefined);
    expect((await ship(lines(30, 90))).body.storedThrough).toBe(90);
    expect(await total()).toBe(90);
    const all = await Promise.all([ship(lines(85, 120)), ship(lines(91, 150)), ship(lines(60, 110))]);
    expect(Math.max(...all.map(({ body }) => body.storedThrough))).toBe(150);
    expect(await total()).toBe(150);
  });

  test('a control plane that was started anew on the same data stores only what is new', async () => {
    await ship(lines(1, 10));
    const { database, clock, logger } = plane;
    const bus = new EventBus<Announcements>((error) => {
      throw error;
    });
    const lookups = { routeScopes: async () => [], keyScopes: async () => [] };
    const again = createActivity({ database, clock, logger, bus, lookups });
    expect(await again.ingest('gw1', Buffer.from(lines(6, 15)))).toEqual({ storedThrough: 15 });
    const { events } = await again.search(ActivityQuery.parse({ consumer: 'web-shop', limit: 200 }));
    expect(events.map((event) => event.id)).toEqual(Array.from({ length: 15 }, (_, at) => call(15 - at).id));
  });

  test('a batch larger than the protocol allows, a wrong type and a wrong name are refused', async () => {
    expect((await ship('x'.repeat(GATEWAY_PROTOCOL.maxBatchBytes + 1))).status).toBe(413);
    expect((await ship(lines(1, 1), { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    const path = `${GATEWAY_PROTOCOL.events}?gateway=${encodeURIComponent('../x')}`;
    const headers = { 'content-type': 'application/x-ndjson' };
    expect((await plane.gateway.fetch(path, { method: 'POST', body: lines(1, 1), headers })).status).toBe(400);
    expect(await total()).toBe(0);
  });

  test('the full four megabytes are taken in', async () => {
    const body = lines(1, 11_000);
    expect(body.length).toBeLessThan(GATEWAY_PROTOCOL.maxBatchBytes);
    expect((await ship(body)).body.storedThrough).toBe(11_000);
  });
});

test('a key knows when it was last used', async () => {
  const { body } = await plane.call('POST', '/api/keys', {
    consumer: 'web-shop',
    scopes: ['orders:read'],
    expiresAt: null,
  });
  const used = call(1, { key: body.key.id });
  await ship(`${JSON.stringify(used)}\n`);
  const { items } = (await plane.call('GET', '/api/keys')).body;
  expect(items[0]).toMatchObject({ id: body.key.id, lastUsedAt: used.time });
});

test('the detail of a refused call says what was needed and what the key may see today', async () => {
  const service = (await plane.call('POST', '/api/services', { name: 'shop', upstream: 'http://127.0.0.1:3000' })).body;
  const route = {
    path: '/orders/{id}',
    methods: ['GET'],
    auth: 'key',
    scopes: ['orders:read'],
    rateLimits: [],
    mode: 'enforce',
  };
  await plane.call('POST', `/api/services/${service.service.id}/routes`, route);
  const { key } = (
    await plane.call('POST', '/api/keys', { consumer: 'web-shop', scopes: ['stock:read'], expiresAt: null })
  ).body;
  const refused = call(1, { key: key.id, status: 403, code: 'scope-missing' });
  await ship(`${JSON.stringify(refused)}\n`);
  const { status, body } = await plane.call(
    'GET',
    `/api/activity/events/${encodeURIComponent(` ${refused.id.toLowerCase()} `)}`,
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({
    id: refused.id,
    neededScopes: ['orders:read'],
    keyScopes: ['stock:read'],
    similarLastDay: 0,
  });
});

test('the live view shows calls as they come in and ends with the server', async () => {
  const answer = await plane.fetch('/api/activity/stream');
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  const until = async (text: string) => {
    while (!seen.includes(text)) {
      const part = await reader?.read();
      if (part === undefined || part.done) throw new Error(`ended before ${text}: ${seen}`);
      seen += part.value;
    }
  };
  await until('retry:');
  await ship(lines(1, 100));
  await until(`"id":"${call(1).id}"`);
  await until('event: skipped\ndata: {"count":80}');
  expect(seen.match(/event: call/g)).toHaveLength(20);
  const closing = performance.now();
  await plane.server.close();
  await expect(until('never')).rejects.toThrow('ended');
  expect(performance.now() - closing).toBeLessThan(2_000);
});

test('a picture over HTTP, and a span that makes no sense', async () => {
  await ship(lines(1, 30));
  const from = new Date(plane.clock.now() - 3_600_000).toISOString();
  const to = new Date(plane.clock.now() + 3_600_000).toISOString();
  expect((await plane.call('GET', `/api/activity/summary?from=${from}&to=${to}`)).body).toMatchObject({
    total: 30,
    letIn: 30,
  });
  expect((await plane.call('GET', `/api/activity/summary?from=${to}&to=${from}`)).status).toBe(400);
});
