import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import {
  END_HEADERS,
  END_STREAM,
  FRAME,
  field,
  frame,
  get,
  openRaw,
  post,
  type Raw,
  uint32,
} from '../../fixtures/h2-frames.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startGateway } from './start-gateway.ts';

type Server = NonNullable<GatewayConfig['server']>;

async function open(server: Server = {}, answer?: Parameters<typeof startUpstream>[0]) {
  const upstream = await startUpstream(answer ?? ((_, response) => void setTimeout(() => response.end('late'), 50)));
  const gateway = await startGateway({
    server: { http2: { cleartext: true }, ...server },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
  });
  return { upstream, gateway, raw: await openRaw(gateway.port) };
}

const whole = END_STREAM | END_HEADERS;
const id = (i: number) => 2 * i + 1;

/** Sends `count` frames in batches; what the gateway holds at most meanwhile, in MiB over what it held before. */
async function flood(raw: Raw, count: number, one: (i: number) => Buffer): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  for (let sent = 0; sent < count && !raw.closed; sent += 100) {
    await raw.send(Buffer.concat(Array.from({ length: 100 }, (_, i) => one(sent + i))));
    most = Math.max(most, process.memoryUsage().rss);
    await wait(0);
  }
  await wait(100);
  return (Math.max(most, process.memoryUsage().rss) - before) / 1024 ** 2;
}

describe('a connection over which come', () => {
  it('20,000 requests that are reset at once is closed, and little of it reaches the application', async () => {
    const { raw, upstream, gateway } = await open();
    const grown = await flood(raw, 20_000, (i) =>
      Buffer.concat([frame(FRAME.headers, whole, id(i), get), frame(FRAME.reset, 0, id(i), uint32(8))]),
    );
    await waitUntil(() => raw.closed);
    expect(raw.goAway.length).toBeGreaterThan(0);
    expect(upstream.requests.length).toBeLessThan(500);
    expect(grown).toBeLessThan(100);
    expect(gateway.gateway.metrics.http2Breaches).toBe(1);
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
    expect((await fetch(gateway.url)).status).toBe(200);
  });

  it('2,000 requests that are reset in one breath is closed after 200, and the next from there after 20', async () => {
    const { upstream, gateway } = await open();
    const breath = Buffer.concat(
      Array.from({ length: 2_000 }, (_, i) =>
        Buffer.concat([frame(FRAME.headers, whole, id(i), get), frame(FRAME.reset, 0, id(i), uint32(8))]),
      ),
    );
    const flooded = async () => {
      const before = gateway.events().length;
      const raw = await openRaw(gateway.port);
      await raw.send(breath);
      await waitUntil(() => raw.closed && gateway.gateway.activeRequests() === 0);
      return gateway.events().length - before;
    };
    expect(await flooded()).toBeLessThan(250);
    expect(await flooded()).toBeLessThan(50);
    expect(upstream.requests.length).toBeLessThan(250);
    expect(gateway.gateway.metrics.http2Breaches).toBe(2);
    expect((await fetch(gateway.url)).status).toBe(200);
  });

  it.each([
    ['window updates of nothing', (i: number) => frame(FRAME.windowUpdate, 0, id(i), uint32(0))],
    ['windows that overflow', (i: number) => frame(FRAME.windowUpdate, 0, id(i), uint32(0x7fffffff))],
    ['data after the end', (i: number) => frame(FRAME.data, 0, id(i), Buffer.from('x'))],
  ])('requests that the gateway itself has to reset, by %s, is closed', async (_, breach) => {
    const { raw, upstream, gateway } = await open();
    await flood(raw, 5_000, (i) => Buffer.concat([frame(FRAME.headers, whole, id(i), get), breach(i)]));
    await waitUntil(() => raw.closed);
    expect(upstream.requests.length).toBeLessThan(500);
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
    expect((await fetch(gateway.url)).status).toBe(200);
  });

  it('fields that unfold to a thousandfold is refused, and memory stays flat', async () => {
    const { raw, upstream, gateway } = await open({ limits: { headerTimeout: '1s' } });
    const bomb = Buffer.concat([get, field('x-bomb', 'b'.repeat(3_900), true), Buffer.alloc(12_000, 0x80 | 62)]);
    const grown = await flood(raw, 400, (i) => frame(FRAME.headers, whole, id(i), bomb));
    expect(grown).toBeLessThan(60);
    expect(upstream.requests).toEqual([]);
    await waitUntil(() => raw.closed);
    expect((await fetch(gateway.url)).status).toBe(200);
  });

  it.each([
    [
      'a head without end',
      20_000,
      (i: number) => frame(i === 0 ? FRAME.headers : FRAME.continuation, 0, 1, i === 0 ? get : field('a', 'b')),
    ],
    [
      'a head of empty parts',
      20_000,
      (i: number) => frame(i === 0 ? FRAME.headers : FRAME.continuation, 0, 1, i === 0 ? get : undefined),
    ],
    ['settings', 100_000, () => frame(FRAME.settings, 0, 0, Buffer.from([0, 4, 0, 0, 255, 255]))],
    ['pings', 100_000, () => frame(FRAME.ping, 0, 0, Buffer.alloc(8))],
    [
      'empty data',
      50_000,
      (i: number) => (i === 0 ? frame(FRAME.headers, END_HEADERS, 1, post) : frame(FRAME.data, 0, 1)),
    ],
  ])('%s holds no memory', async (_, count, one) => {
    const { raw, gateway } = await open({ limits: { headerTimeout: '1s' } });
    // It does not read what comes back.
    raw.socket.pause();
    expect(await flood(raw, count, one)).toBeLessThan(60);
    raw.socket.resume();
    await waitUntil(() => raw.closed);
    expect((await fetch(gateway.url)).status).toBe(200);
  });
});

describe('what takes its time', () => {
  it.each([
    ['nothing at all', () => Buffer.alloc(0)],
    ['pings', () => frame(FRAME.ping, 0, 0, Buffer.alloc(8))],
    ['half a head, in parts', (i: number) => (i === 0 ? frame(FRAME.headers, 0, 1, get) : Buffer.alloc(0))],
  ])('a connection with %s is closed after the time for a head', async (_, one) => {
    const { raw, gateway } = await open({ limits: { headerTimeout: '600ms' } });
    const began = performance.now();
    for (let i = 0; !raw.closed && i < 100; i++) {
      await raw.send(one(i));
      await wait(50);
    }
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(performance.now() - began).toBeGreaterThan(500);
    await waitUntil(() => gateway.gateway.openConnections() === 0);
  });

  it('a body that stops coming is answered with 408, while an answer that is awaited may take longer', async () => {
    const { raw, gateway } = await open({ limits: { idle: '500ms' } }, (request, response) => {
      if (request.method === 'GET') setTimeout(() => response.end('late'), 1_500);
    });
    await raw.send(frame(FRAME.headers, whole, 1, get));
    await raw.send(
      Buffer.concat([frame(FRAME.headers, END_HEADERS, 3, post), frame(FRAME.data, 0, 3, Buffer.from('x'))]),
    );
    await waitUntil(() => gateway.events().length === 2);
    expect(gateway.events()).toMatchObject([{ code: 'request-timeout' }, { status: 200, code: null }]);
  });

  it('an answer that nobody reads is broken off', async () => {
    const { raw, gateway } = await open({ limits: { idle: '500ms' } }, (_, response) =>
      response.end('x'.repeat(1_000_000)),
    );
    await raw.send(frame(FRAME.headers, whole, 1, get));
    await waitUntil(() => raw.frames.includes(FRAME.reset));
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
  });

  it('more streams than allowed at once are refused', async () => {
    const { raw, upstream } = await open({ limits: { streams: 10 } }, () => {});
    await raw.send(Buffer.concat(Array.from({ length: 30 }, (_, i) => frame(FRAME.headers, whole, id(i), get))));
    await waitUntil(() => upstream.requests.length === 10);
    await wait(200);
    expect(upstream.requests).toHaveLength(10);
    expect(raw.frames.filter((type) => type === FRAME.reset)).toHaveLength(20);
  });
});
