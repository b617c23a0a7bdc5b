import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'eventsource';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const key = keyFor('k1');
const spare = keyFor('k2');

async function gatewayFor(upstream: string) {
  const config = (keys: (typeof key.config)[]) => ({
    services: [{ name: 's', upstream, routes: [{ match: { path: '/*' }, scopes: ['listen'] }] }],
    consumers: [{ name: 'c', scopes: ['listen'], keys }],
  });
  const gateway = await startGateway(config([key.config, spare.config]));
  return { gateway, revoke: () => gateway.apply(config([spare.config])) };
}

describe('WebSocket', () => {
  it('passes the same policies, carries text, bytes and closing codes, and is recorded at both ends', async () => {
    const { gateway } = await gatewayFor(await echoServer());
    const socket = new WebSocket(gateway.url.replace('http', 'ws'), 'chat', { headers: { 'X-API-Key': key.secret } });
    await once(socket, 'open');
    expect(socket.protocol).toBe('chat');
    for (const message of ['hello', 'x'.repeat(200_000)]) {
      socket.send(message);
      expect(String((await once(socket, 'message'))[0])).toBe(message);
    }
    socket.send(Buffer.from([0, 255, 7]));
    expect([...((await once(socket, 'message'))[0] as Buffer)]).toEqual([0, 255, 7]);
    socket.close(4001, 'bye');
    const [code, reason] = await once(socket, 'close');
    expect([code, String(reason)]).toEqual([4001, 'bye']);
    await waitUntil(() => gateway.events().length === 2);
    const [start, end] = gateway.events();
    expect(start).toMatchObject({ type: 'request', status: 101, consumer: 'c', key: 'k1' });
    expect(end).toMatchObject({ type: 'stream-end', id: start !== undefined && 'id' in start ? start.id : '' });
  });

  it('turns a handshake without a key away with an ordinary answer', async () => {
    const { gateway } = await gatewayFor(await echoServer());
    const reply = await sendRaw(
      gateway.port,
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    expect(statusesOf(reply.text)).toEqual([401]);
    expect(reply.text).toMatch(/x-request-id: [0-9A-Z]{26}/i);
    expect(gateway.events()[0]).toMatchObject({ status: 401, code: 'key-missing' });
  });

  it('hands on the answer of an application that does not upgrade, and refuses other protocols', async () => {
    const upstream = await startUpstream((_, response) => response.writeHead(426).end('no sockets here'));
    const { gateway } = await gatewayFor(upstream.url);
    const ask = (protocol: string) =>
      sendRaw(
        gateway.port,
        `GET / HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key.secret}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`,
      );
    const answer = await ask('websocket');
    expect(statusesOf(answer.text)).toEqual([426]);
    expect(answer.text).toContain('no sockets here');
    expect(statusesOf((await ask('h2c')).text)).toEqual([501]);
  });

  it('ends at once when its key is revoked', async () => {
    const { gateway, revoke } = await gatewayFor(await echoServer());
    const open = (secret: string) =>
      new WebSocket(gateway.url.replace('http', 'ws'), { headers: { 'X-API-Key': secret } });
    const [victim, other] = [open(key.secret), open(spare.secret)];
    await Promise.all([once(victim, 'open'), once(other, 'open')]);
    victim.on('error', () => {});
    const closed = once(victim, 'close');
    await revoke();
    await closed;
    expect(other.readyState).toBe(WebSocket.OPEN);
    await waitUntil(() => gateway.events().some((event) => event.type === 'stream-end' && event.reason === 'revoked'));
    other.terminate();
  });
});

describe('server-sent events', () => {
  it('arrive one by one, the first at once, through EventSource', async () => {
    let push = (_: string) => {};
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: first\n\n');
      push = (text) => void response.write(`data: ${text}\n\n`);
    });
    const { gateway } = await gatewayFor(upstream.url);
    const source = new EventSource(gateway.url, {
      fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'X-API-Key': key.secret } }),
    });
    onTestFinished(() => source.close());
    const seen: string[] = [];
    source.addEventListener('message', (event) => seen.push(event.data as string));
    await waitUntil(() => seen.length === 1, 2_000);
    push('second');
    await waitUntil(() => seen.length === 2, 2_000);
    expect(seen).toEqual(['first', 'second']);
    source.close();
    await waitUntil(() => gateway.events().length === 1);
    expect(gateway.events()[0]).toMatchObject({ status: 200, aborted: 'client' });
  });

  it('end when their key is revoked', async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: first\n\n');
    });
    const { gateway, revoke } = await gatewayFor(upstream.url);
    const response = await fetch(gateway.url, { headers: { 'X-API-Key': key.secret, Accept: 'text/event-stream' } });
    const reader = response.body?.getReader();
    await reader?.read();
    await revoke();
    await expect(reader?.read()).rejects.toThrow();
    expect(gateway.events().at(-1)).toMatchObject({ code: 'key-invalid' });
  });
});

async function echoServer(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server, maxPayload: 1024 * 1024 });
  sockets.on('connection', (socket) =>
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  );
  await once(server, 'listening');
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
