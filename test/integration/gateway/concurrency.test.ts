import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { statusesOf } from './raw.ts';
import { keyFor, startGateway } from './start-gateway.ts';

type Concurrency = NonNullable<GatewayConfig['services'][number]['routes'][number]['concurrency']>;

const first = keyFor();
const second = keyFor();

async function withCaps(upstream: string, concurrency: Concurrency) {
  return startGateway({
    services: [{ name: 's', upstream, routes: [{ match: { path: '/*' }, concurrency }] }],
    consumers: [
      { name: 'first', keys: [first.config] },
      { name: 'second', keys: [second.config] },
    ],
  });
}

/** Answers `/stream` with a line and nothing more until the caller goes; everything else at once. */
const streaming = () =>
  startUpstream((request, response) => {
    if (request.url === '/stream') response.write('first line\n');
    else if (request.url === '/broken') response.destroy();
    else request.resume().on('end', () => response.end('ok'));
  });

function open(port: number, key: string, head = 'GET /stream HTTP/1.1\r\nHost: a\r\n'): Socket & { text(): string } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  socket.write(`${head}X-API-Key: ${key}\r\n\r\n`);
  return Object.assign(socket, { text: () => text });
}

it('fifty open streams are fifty, whoever comes next waits, and a crash of the caller frees all of them', async () => {
  const upstream = await streaming();
  const gateway = await withCaps(upstream.url, [{ key: 'consumer', max: 50 }]);
  const call = async (key: string) => {
    const response = await fetch(`${gateway.url}/x`, { headers: { 'X-API-Key': key } });
    return [
      response.status,
      response.headers.get('Retry-After'),
      ((await response.text()).match(/"code":"([^"]*)/) ?? [])[1],
    ];
  };
  for (let round = 0; round < 3; round++) {
    const streams = Array.from({ length: 55 }, () => open(gateway.port, first.secret));
    await waitUntil(() => streams.every((socket) => statusesOf(socket.text()).length === 1));
    const statuses = streams.map((socket) => statusesOf(socket.text())[0]);
    expect(statuses.filter((status) => status === 200)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect(await call(first.secret)).toEqual([429, '1', 'too-many-at-once']);
    expect((await call(second.secret))[0]).toBe(200);
    // A reset, as the system sends it for a program that was killed.
    for (const socket of streams) socket.resetAndDestroy();
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
    expect((await call(first.secret))[0]).toBe(200);
  }
});

it('is free again after every way in which a request can end', async () => {
  const upstream = await streaming();
  const gateway = await withCaps(upstream.url, [
    { key: 'address', max: 1 },
    { key: 'route', max: 1 },
  ]);
  const call = async (path: string, init: RequestInit = {}) =>
    (await fetch(gateway.url + path, { ...init, headers: { 'X-API-Key': first.secret, ...init.headers } })).status;
  expect(await call('/x')).toBe(200);
  expect(await call('/broken')).toBe(502);
  const tooLarge = { method: 'POST', body: Buffer.alloc(1_048_577) };
  expect(await call('/x', tooLarge)).toBe(413);
  const halfway = open(gateway.port, first.secret, 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n');
  await waitUntil(() => gateway.gateway.activeRequests() === 1);
  expect(await call('/x')).toBe(429);
  halfway.destroy();
  await waitUntil(() => gateway.gateway.activeRequests() === 0);
  expect(await call('/x')).toBe(200);
  const stream = open(gateway.port, first.secret);
  await waitUntil(() => stream.text().includes('first line'));
  await gateway.apply({
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [{ match: { path: '/*' }, auth: 'none', concurrency: [{ key: 'route', max: 1 }] }],
      },
    ],
  });
  // The key is gone, so the stream was ended and its place is free.
  await waitUntil(() => stream.destroyed || stream.readableEnded);
  await waitUntil(() => gateway.gateway.activeRequests() === 0);
  expect(await call('/x')).toBe(200);
});

it('a WebSocket holds its place until it is closed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server });
  await waitUntil(() => server.listening);
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  });
  const gateway = await withCaps(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, [
    { key: 'consumer', max: 1 },
  ]);
  const dial = async () => {
    const socket = new WebSocket(gateway.url.replace('http', 'ws'), { headers: { 'X-API-Key': first.secret } });
    onTestFinished(() => socket.terminate());
    const status = await new Promise<number>((resolve) => {
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => {});
    });
    return { socket, status };
  };
  for (const end of ['close', 'terminate'] as const) {
    const held = await dial();
    expect(held.status).toBe(101);
    expect((await dial()).status).toBe(429);
    held.socket[end]();
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
  }
  expect((await dial()).status).toBe(101);
});
