import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const DAY = 86_400_000;
const NAMES = ['ann', 'bob', 'cem', 'dee', 'walker', 'office', 'web-shop'] as const;
const KEYS = Object.fromEntries(NAMES.map((name) => [name, keyFor(name)]));
type Ownership = GatewayConfig['services'][number]['ownership'];
type Options = { ownership?: Ownership; dataDir?: string; clock?: { now: () => number } };

/** A shop that asks nobody whose an order is: POST makes one, and every number there is may be read. */
async function startShop() {
  const orders: string[] = [];
  return startUpstream((request, response) => {
    const send = (status: number, value: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(value));
    const id = request.url?.split('/')[2] ?? '';
    if (request.method === 'POST') {
      orders.push(request.headers['x-nightlatch-consumer'] as string);
      send(201, { order: { id: orders.length } }, { Location: `/orders/${orders.length}` });
    } else if (request.url === '/orders') send(200, { orders: orders.map((_, i) => ({ id: i + 1 })) });
    else send(Number(id) <= orders.length ? 200 : 404, { id });
  });
}

async function start(upstream: string, { ownership, dataDir, clock }: Options = {}) {
  const config = (own: Ownership): Omit<GatewayConfig, 'version'> => ({
    services: [
      {
        name: 'shop',
        upstream,
        ...(own === undefined ? {} : { ownership: own }),
        routes: [
          { match: { path: '/orders', methods: ['GET', 'POST'] } },
          { match: { path: '/orders/{orderId}', methods: ['GET'] } },
          { match: { path: '/pages/{slug}', methods: ['GET'] } },
        ],
      },
    ],
    consumers: NAMES.map((name) => ({
      name,
      attributes: { role: name === 'office' ? 'staff' : 'customer' },
      keys: [(KEYS[name] as ReturnType<typeof keyFor>).config],
    })),
  });
  const running = await startGateway(config(ownership), {
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(clock === undefined ? {} : { clock }),
  });
  const call = async (who: (typeof NAMES)[number], path: string, init: RequestInit = {}) => {
    const headers = { ...init.headers, 'X-API-Key': KEYS[who]?.secret ?? '' };
    const reply = await fetch(running.url + path, { ...init, headers });
    await reply.arrayBuffer();
    return reply.status;
  };
  const walk = async (who: (typeof NAMES)[number], from: number, count: number, init: RequestInit = {}) => {
    const statuses: number[] = [];
    for (let id = from; id < from + count; id++) statuses.push(await call(who, `/orders/${id}`, init));
    return statuses;
  };
  const last = () => running.events().at(-1) as RequestEvent;
  return { ...running, call, walk, last, reconfigure: (own: Ownership) => running.apply(config(own)) };
}

/** Four customers order and read in turns; four days later the time of learning is over. */
async function trade(shop: Awaited<ReturnType<typeof start>>, clock: { time: number }) {
  for (let i = 1; i <= 60; i++) {
    const who = NAMES[i % 4] ?? 'ann';
    await shop.call(who, '/orders', { method: 'POST' });
    await shop.call(who, `/orders/${i}`);
  }
  clock.time += 4 * DAY;
}

function clockFrom(time = Date.now()) {
  const clock = { time, now: () => clock.time };
  return clock;
}

it('who tries one number after another is stopped, keeps what is its own, and the record says so without a number', async () => {
  const upstream = await startShop();
  const clock = clockFrom();
  const shop = await start(upstream.url, { ownership: { learn: { mode: 'enforce' } }, clock });
  await trade(shop, clock);
  await shop.call('walker', '/orders', { method: 'POST' });
  const statuses = await shop.walk('walker', 1, 20);
  expect(statuses).toEqual([...Array(4).fill(200), ...Array(16).fill(403)]);
  expect(shop.last()).toMatchObject({ status: 403, code: 'id-walking', path: '/orders/{orderId}', consumer: 'walker' });
  expect(shop.last().decisions.at(-1)).toMatchObject({
    policy: 'learnt-ownership',
    decision: 'deny',
    code: 'id-walking',
  });
  expect(JSON.stringify(shop.last().decisions)).not.toContain('20');
  expect(await shop.call('walker', '/orders/61')).toBe(200);
  expect(await shop.walk('ann', 4, 1)).toEqual([200]);
});

it('without a word about it routes with an id in their path are watched, and nothing is stopped', async () => {
  const upstream = await startShop();
  const clock = clockFrom();
  const shop = await start(upstream.url, { clock });
  await trade(shop, clock);
  expect((shop.last().decisions ?? []).map(({ policy }) => policy)).toEqual(['authenticate']);
  expect(await shop.walk('walker', 1, 20)).toEqual(Array(20).fill(200));
  expect(shop.last().decisions).toContainEqual(
    expect.objectContaining({ policy: 'learnt-ownership', decision: 'would-deny', code: 'id-walking' }),
  );
  for (let i = 0; i < 20; i++) await shop.call('walker', `/pages/${i}`);
  expect(JSON.stringify(shop.last().decisions)).not.toContain('would-deny');
});

it.each([
  [{ learn: { mode: 'enforce' as const, exempt: ['office'] } }],
  [{ learn: { mode: 'enforce' as const, exempt: ['attributes.role=staff'] } }],
  [{ learn: { mode: 'enforce' as const, frontEnds: ['office'] } }],
  ['off' as const],
])('with %j the office may read everybody’s', async (ownership) => {
  const upstream = await startShop();
  const clock = clockFrom();
  const shop = await start(upstream.url, { ownership, clock });
  await trade(shop, clock);
  expect(await shop.walk('office', 1, 30)).toEqual(Array(30).fill(200));
});

it('behind a front end each person counts; without a person nobody is judged, and others cannot pretend', async () => {
  const upstream = await startShop();
  const clock = clockFrom();
  const learn = { mode: 'enforce' as const, subject: 'header.X-User', frontEnds: ['web-shop'] };
  const shop = await start(upstream.url, { ownership: { learn }, clock });
  await trade(shop, clock);
  const as = (user: string) => ({ headers: { 'X-User': user } });
  expect((await shop.walk('web-shop', 1, 20, as('eve'))).at(-1)).toBe(403);
  expect(await shop.call('web-shop', '/orders/30', as('fay'))).toBe(200);
  expect(await shop.walk('web-shop', 1, 30)).toEqual(Array(30).fill(200));
  const statuses: number[] = [];
  for (let id = 1; id <= 20; id++) statuses.push(await shop.call('walker', `/orders/${id}`, as(`made-up-${id}`)));
  expect(statuses.at(-1)).toBe(403);
});

it('a restart keeps what was learnt, on disk stand no ids and no names, and a damaged file is learnt anew', async () => {
  const upstream = await startShop();
  const clock = clockFrom();
  const dataDir = temporaryFolder();
  const options = { ownership: { learn: { mode: 'enforce' as const } }, clock, dataDir };
  const first = await start(upstream.url, options);
  await trade(first, clock);
  await first.walk('walker', 1, 3);
  await first.gateway.drain(200);
  const file = join(dataDir, 'learnt-ownership.json');
  const text = readFileSync(file, 'utf8');
  for (const name of NAMES) expect(text).not.toContain(name);
  expect([statSync(file).mode & 0o777, statSync(join(dataDir, 'learnt.key')).mode & 0o777]).toEqual([0o600, 0o600]);
  const second = await start(upstream.url, options);
  expect(await second.walk('walker', 4, 6)).toEqual([200, ...Array(5).fill(403)]);
  await second.gateway.drain(200);
  writeFileSync(file, text.slice(0, -100));
  const third = await start(upstream.url, options);
  expect(await third.walk('walker', 1, 20)).toEqual(Array(20).fill(200));
});

it('a new configuration keeps what was learnt and changes whether it stops', async () => {
  const upstream = await startShop();
  const clock = clockFrom();
  const shop = await start(upstream.url, { clock });
  await trade(shop, clock);
  expect(await shop.walk('walker', 1, 10)).toEqual(Array(10).fill(200));
  await shop.reconfigure({ learn: { mode: 'enforce' } });
  expect(await shop.walk('walker', 11, 5)).toEqual(Array(5).fill(403));
  await shop.reconfigure('off');
  expect(await shop.walk('walker', 16, 5)).toEqual(Array(5).fill(200));
});

it('who reads everybody’s while it only learns is taken for the office, and the record says when', async () => {
  const upstream = await startShop();
  const clock = clockFrom();
  const shop = await start(upstream.url, { ownership: { learn: { mode: 'enforce' } }, clock });
  await trade(shop, clock);
  clock.time -= 4 * DAY;
  await shop.walk('office', 1, 20);
  const noted = shop.events().flatMap((event) => ('decisions' in event ? event.decisions : []));
  expect(noted.filter(({ code }) => code === 'reads-all-learnt')).toEqual([
    { policy: 'learnt-ownership', decision: 'allow', code: 'reads-all-learnt' },
  ]);
  clock.time += 4 * DAY;
  expect(await shop.walk('office', 1, 60)).toEqual(Array(60).fill(200));
});
