import { readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startLoad } from './load.ts';
import { keyFor } from './start-gateway.ts';
import { callAlone, startWorkers, statusesOfAll } from './start-workers.ts';

const first = keyFor('k1');
const second = keyFor('k2');
const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

async function shop() {
  const upstream = await startUpstream((request, response) => {
    if (request.url === '/stream') response.write('first line\n');
    else response.end('ok');
  });
  const config = (keys: (typeof first.config)[], server: Record<string, unknown> = {}) => ({
    server: { ...server, limits: { connectionsPerAddress: 1_000 } },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' } }] }],
    consumers: [{ name: 'c', keys }],
  });
  const at = await startWorkers(config([first.config, second.config]));
  const knock = (key: string) =>
    statusesOfAll(many(20, () => callAlone(at.port, `GET /x HTTP/1.1\r\nConnection: close\r\nX-API-Key: ${key}`)));
  return { upstream, config, at, knock };
}

it('reloads under load without loss, counts as one, and drains in order', async () => {
  const { config, at } = await shop();
  const load = startLoad(`${at.url}/x`, { 'X-API-Key': second.secret }, { connections: 16, perSecond: 600 });
  for (let revision = 2; revision <= 6; revision++) {
    at.write(config(revision % 2 === 0 ? [second.config] : [first.config, second.config]));
    at.gateway.child.kill('SIGHUP');
    await at.gateway.says(`revision ${revision} is in service`);
    await wait(300);
  }
  const { answered, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered.length).toBeGreaterThan(100);
  expect(answered.every(({ status }) => status === 200)).toBe(true);
  expect(await at.metric('nightlatch_requests_total{service="s",status="2xx"}')).toBe(answered.length);
  expect(await at.metric('nightlatch_request_duration_seconds_count{service="s"}')).toBe(answered.length);
  expect(await at.metric('nightlatch_request_duration_seconds_bucket{service="s",le="+Inf"}')).toBe(answered.length);
  expect(await at.metric('nightlatch_spool_last_seq')).toBe(answered.length);
  expect(await (await at.ask('/readyz')).json()).toMatchObject({ ready: true });
  const more = startLoad(`${at.url}/x`, { 'X-API-Key': second.secret }, { connections: 16, perSecond: 500 });
  await waitUntil(() => more.result.answered.length > 200);
  const stopping = at.gateway.end('SIGTERM');
  await wait(100);
  expect((await at.ask('/readyz')).status).toBe(503);
  expect(more.result.failed).toEqual([]);
  expect(await stopping).toMatchObject({ code: 0, stdout: expect.stringContaining('The gateway has stopped.') });
  const rest = await more.stop();
  const ids = [...answered, ...rest.answered].map(({ id }) => id).sort();
  expect(
    at
      .events()
      .flatMap((event) => (event.type === 'request' ? [event.id] : []))
      .sort(),
  ).toEqual(ids);
});

it('a revoked key is refused by both within a second, and its open streams end in both', async () => {
  const { config, at, knock } = await shop();
  const ended: string[] = [];
  const streams = await Promise.all(
    many(12, () => callAlone(at.port, `GET /stream HTTP/1.1\r\nX-API-Key: ${first.secret}`)),
  );
  for (const { socket } of streams) socket.on('close', () => ended.push('closed'));
  const kept = await callAlone(at.port, `GET /stream HTTP/1.1\r\nX-API-Key: ${second.secret}`);
  expect(await knock(first.secret)).toEqual({ 200: 20 });
  const since = performance.now();
  at.write(config([second.config]));
  await waitUntil(async () => (await knock(first.secret))[401] === 20);
  await waitUntil(() => ended.length === 12);
  expect(performance.now() - since).toBeLessThan(1_000);
  expect(kept.socket.destroyed).toBe(false);
  expect(await knock(second.secret)).toEqual({ 200: 20 });
  const locking = performance.now();
  await nightlatch(['lock', '--data', at.data]);
  await waitUntil(async () => (await knock(second.secret))[503] === 20);
  // The command itself takes a part of this.
  expect(performance.now() - locking).toBeLessThan(1_500);
});

it('what cannot be put into service in all workers is in service in none', async () => {
  const { config, at, knock } = await shop();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await waitUntil(() => other.listening);
  const taken = (other.address() as AddressInfo).port;
  at.write(config([second.config], { listen: [`127.0.0.1:${at.port}`, `127.0.0.1:${taken}`] }));
  await at.gateway.says(`Another program already uses 127.0.0.1:${taken}.`);
  expect(await knock(first.secret)).toEqual({ 200: 20 });
  at.write(config([second.config], { https: { cert: 'missing.pem', key: 'missing.pem' } }));
  await at.gateway.says('missing.pem');
  expect(await knock(first.secret)).toEqual({ 200: 20 });
  at.write(config([second.config]));
  await waitUntil(async () => (await knock(first.secret))[401] === 20);
});

it('kill -9 under load: every answer is in the event log once, with one worker more or less afterwards', async () => {
  const { at } = await shop();
  const load = startLoad(`${at.url}/x`, { 'X-API-Key': first.secret }, { connections: 16, perSecond: 2_000 });
  await waitUntil(() => load.result.answered.length > 1_500);
  at.gateway.child.kill('SIGKILL');
  await at.gateway.ended;
  const three = await at.start(3);
  const then = load.result.answered.length;
  await waitUntil(() => load.result.answered.length > then + 500);
  await three.end('SIGKILL');
  const one = await at.start(1);
  await waitUntil(() => load.result.answered.length > then + 1_000);
  const { answered } = await load.stop();
  await one.end('SIGTERM');
  const events = at.events();
  const recorded = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'request') recorded.set(event.id, (recorded.get(event.id) ?? 0) + 1);
  }
  expect(answered.filter(({ id }) => recorded.get(id) !== 1)).toEqual([]);
  // Each worker numbers its own, without holes.
  const files = readdirSync(join(at.data, 'spool'));
  expect(new Set(files.map((file) => /-w\d/.exec(file)?.[0] ?? '')).size).toBe(3);
});

it('a second gateway on the same address is refused, and so is a number of workers that makes no sense', async () => {
  const { at } = await shop();
  const args = at.args.map((arg) => (arg === at.data ? `${at.data}-2` : arg)).slice(0, 5);
  const outcome = await nightlatch([...args, '--workers', '2']);
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('Another program already uses') });
  for (const count of ['0', '17', 'two']) {
    const refused = await nightlatch([...args, '--workers', count]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Write a number from 1 to 16') });
  }
});

it('every thread looks for attacks', async () => {
  const upstream = await startUpstream();
  const at = await startWorkers({
    defaults: { auth: 'none' },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' } }] }],
    attackFilter: { mode: 'enforce' },
  });
  const ask = (target: string) =>
    statusesOfAll(many(20, () => callAlone(at.port, `GET ${target} HTTP/1.1\r\nConnection: close`)));
  expect(await ask('/x?q=%27%20union%20select%20password%20from%20users--')).toEqual({ 403: 20 });
  expect(await ask('/x?q=union+square')).toEqual({ 200: 20 });
});
