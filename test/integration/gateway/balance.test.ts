import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { startAdminListener } from '../../../src/gateway/index.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { startUpstreamProcess } from '../../fixtures/upstream-process.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startGateway } from './start-gateway.ts';

type Service = GatewayConfig['services'][number];
const HEALTH = { path: '/healthz', interval: '100ms', timeout: '200ms', healthyAfter: 2, unhealthyAfter: 2 };

const config = (service: Partial<Service>) => ({
  services: [
    {
      name: 'shop',
      upstream: 'http://127.0.0.1:1',
      routes: [{ match: { path: '/*' }, auth: 'none' as const }],
      ...service,
    },
  ],
});

async function open(service: Partial<Service>) {
  const gateway = await startGateway(config(service));
  const ask = async (path = '/', init: RequestInit = {}) => {
    const response = await fetch(`${gateway.url}${path}`, init);
    return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
  };
  const namesOf = async (count: number, init: RequestInit = {}) => {
    const names: string[] = [];
    for (let i = 0; i < count; i++) names.push((await ask('/', init)).text);
    return names;
  };
  const up = () => gateway.gateway.upstreams().map((one) => one.up);
  return { ...gateway, ask, namesOf, up };
}

const two = () => Promise.all([startUpstreamProcess('a'), startUpstreamProcess('b')]);

describe('choice', () => {
  it('shares requests by weight, evenly interleaved', async () => {
    const [a, b] = await two();
    const { namesOf } = await open({ upstream: [{ url: a.url, weight: 3 }, b.url] });
    const names = await namesOf(40);
    expect(names.filter((name) => name === 'a')).toHaveLength(30);
    expect(names.slice(0, 4).sort()).toEqual(['a', 'a', 'a', 'b']);
  });

  it.each(['GET', 'POST'])(
    'takes a %s to the next upstream when one was killed, and nobody notices',
    async (method) => {
      const [a, b] = await two();
      const { namesOf, events } = await open({ upstream: [a.url, b.url] });
      const init = method === 'POST' ? { method, body: 'x'.repeat(10_000) } : {};
      expect(new Set(await namesOf(4, init))).toEqual(new Set(['a', 'b']));
      await a.kill();
      // Its connections end before the next request: what was sent on them is another test.
      await wait(50);
      expect(await namesOf(20, init)).toEqual(Array(20).fill('b'));
      expect(events().filter((event) => 'status' in event && event.status !== 200)).toEqual([]);
    },
  );

  it('tries the next upstream within the time to connect when one swallows connections', async () => {
    const [a, b] = await two();
    a.child.kill('SIGSTOP');
    // Its queue of unaccepted connections is small: filled up, the system answers no more.
    const fillers = Array.from({ length: 16 }, () => connect(a.port, '127.0.0.1').on('error', () => {}));
    onTestFinished(() => {
      for (const socket of fillers) socket.destroy();
    });
    await wait(200);
    const { ask } = await open({ upstream: [a.url, b.url], timeouts: { connect: '1s', response: '5s' } });
    const started = performance.now();
    expect(await ask('/', { method: 'POST', body: 'x' })).toMatchObject({ status: 200, text: 'b' });
    expect(performance.now() - started).toBeGreaterThan(400);
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('takes WebSockets past what refuses connections and what is not well', async () => {
    const [a] = await two();
    a.child.kill('SIGSTOP');
    const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const sockets = new WebSocketServer({ server });
    onTestFinished(() => void server.close());
    const echo = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { url, up } = await open({
      upstream: [`http://127.0.0.1:${await freePort()}`, a.url, echo],
      health: HEALTH,
      timeouts: { connect: '1s' },
    });
    await waitUntil(() => up().join() === 'false,false,true');
    for (let i = 0; i < 6; i++) {
      const socket = new WebSocket(url.replace('http', 'ws'));
      await once(socket, 'open');
      socket.terminate();
    }
    expect(sockets.clients.size).toBeLessThanOrEqual(6);
  });
});

describe('health', () => {
  it('passes over an upstream that is frozen, and takes it back when it wakes', async () => {
    const [a, b] = await two();
    const { namesOf, up } = await open({ upstream: [a.url, b.url], health: HEALTH });
    a.child.kill('SIGSTOP');
    await waitUntil(() => up()[0] === false);
    expect(await namesOf(10)).toEqual(Array(10).fill('b'));
    a.child.kill('SIGCONT');
    await waitUntil(() => up()[0] === true);
    expect(new Set(await namesOf(4))).toEqual(new Set(['a', 'b']));
  });

  it('uses all of them when none is well', async () => {
    const [a, b] = await two();
    const { namesOf, up, ask } = await open({ upstream: [a.url, b.url], health: { ...HEALTH, status: 418 } });
    await waitUntil(() => up().every((one) => !one));
    expect(new Set(await namesOf(4))).toEqual(new Set(['a', 'b']));
    expect((await ask()).status).toBe(200);
  });

  it('keeps what it knows through a reload that adds one, and stops asking what is gone', async () => {
    const [a, b] = await two();
    const gateway = await open({ upstream: [a.url, b.url], health: { ...HEALTH, interval: '2s' } });
    await a.kill();
    await waitUntil(() => gateway.up()[0] === false);
    const c = await startUpstreamProcess('c');
    await gateway.apply(config({ upstream: [a.url, b.url, c.url], health: { ...HEALTH, interval: '2s' } }));
    expect(gateway.up()).toEqual([false, true, true]);
    expect(new Set(await gateway.namesOf(4))).toEqual(new Set(['b', 'c']));
    await gateway.apply(config({ upstream: c.url }));
    expect(gateway.gateway.upstreams().map((one) => one.url)).toEqual([c.url]);
  });

  it('puts an upstream out that only fails, but never all of them', async () => {
    const [a, b] = await two();
    const { namesOf, up, ask, gateway } = await open({ upstream: [a.url, b.url] });
    await fetch(`${a.url}/fail/503`);
    await namesOf(10);
    expect(up()).toEqual([false, true]);
    const before = a.requests().length;
    expect(await namesOf(10)).toEqual(Array(10).fill('b'));
    expect(a.requests()).toHaveLength(before);
    await fetch(`${b.url}/fail/502`);
    await namesOf(10);
    expect(up()).toEqual([false, false]);
    await fetch(`${b.url}/fail/200`);
    expect((await Promise.all([ask(), ask()])).map(({ status }) => status).sort()).toEqual([200, 503]);
    expect(gateway.upstreams().map((one) => one.ejections)).toEqual([1, 1]);
  });
});

it('lets a request end at an upstream that a reload took away', async () => {
  const [a, b] = await two();
  const gateway = await open({ upstream: a.url });
  const slow = gateway.ask('/slow/600');
  await waitUntil(() => a.requests().length === 1);
  await gateway.apply(config({ upstream: b.url }));
  expect((await gateway.ask()).text).toBe('b');
  expect(await slow).toMatchObject({ status: 200, text: 'a' });
});

it('lets a failing upstream rest, says for how long, and tries again with one request', async () => {
  const a = await startUpstreamProcess('a');
  const { ask, gateway } = await open({ upstream: a.url, breaker: { failures: 3, window: '5s', open: '1s' } });
  const admin = await startAdminListener(gateway, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => admin.close());
  const metrics = async () => (await fetch(`${admin.address}/metrics`)).text();
  const state = `nightlatch_upstream_breaker_state{service="shop",upstream="${a.url}"}`;
  expect((await metrics()).split('\n')).toContain(`${state} 0`);
  await fetch(`${a.url}/fail/503`);
  for (let i = 0; i < 3; i++) expect((await ask()).text).toBe('a');
  const resting = await ask();
  expect(resting).toMatchObject({ status: 503, retryAfter: '1' });
  expect(JSON.parse(resting.text)).toMatchObject({ code: 'upstream-resting' });
  expect((await metrics()).split('\n')).toContain(`${state} 2`);
  const before = a.requests().length;
  await wait(1_050);
  const probe = ask('/slow/300');
  await waitUntil(() => a.requests().length === before + 1);
  // While one tries, the others are still turned away.
  expect((await ask()).text).toContain('upstream-resting');
  expect((await probe).text).toBe('a');
  // It failed again: a new rest.
  expect((await ask()).text).toContain('upstream-resting');
  await fetch(`${a.url}/fail/200`);
  await wait(1_050);
  expect((await ask()).status).toBe(200);
  expect((await metrics()).split('\n')).toContain(`${state} 0`);
});
