import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { sendRaw, statusesOf } from '../gateway/raw.ts';
import { keyFor, startGateway } from '../gateway/start-gateway.ts';

const key = keyFor('k1');
const weak = keyFor('k2', { scopes: [] });

/** WebSocket skips auth (fast-gateway): the handshake passes what every request passes. */
async function chat() {
  let upgrades = 0;
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    upgrades++;
    socket.on('message', (data) => socket.send(data));
  });
  await once(server, 'listening');
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  });
  const config = (keys: (typeof key.config)[]) => ({
    services: [
      {
        name: 'chat',
        upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        routes: [
          {
            match: { path: '/rooms/{room}' },
            scopes: ['chat'],
            ownership: { param: 'room', equals: 'consumer.attributes.room' },
            rateLimit: [{ key: 'consumer', quota: 3, window: '60s' }],
          },
        ],
      },
    ],
    consumers: [{ name: 'web-shop', scopes: ['chat'], attributes: { room: '7' }, keys }],
  });
  const gateway = await startGateway(config([key.config, weak.config]));
  const handshake = async (path: string, fields = '') => {
    const head = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${fields}\r\n`;
    return statusesOf((await sendRaw(gateway.port, head, 150)).text)[0];
  };
  return { gateway, handshake, upgrades: () => upgrades, revoke: () => gateway.apply(config([weak.config])) };
}

describe('a WebSocket handshake', () => {
  it('without a key is answered with 401, and is judged by every other policy too', async () => {
    const { handshake, upgrades } = await chat();
    expect(await handshake('/rooms/7')).toBe(401);
    expect(await handshake('/rooms/7', `X-API-Key: ${createApiKey()}\r\n`)).toBe(401);
    expect(await handshake(`/rooms/7?key=${key.secret}`)).toBe(401);
    expect(await handshake('/rooms/7', `Sec-WebSocket-Protocol: ${key.secret}\r\n`)).toBe(401);
    expect(await handshake('/rooms/7', `X-API-Key: ${weak.secret}\r\n`)).toBe(403);
    expect(await handshake('/rooms/8', `X-API-Key: ${key.secret}\r\n`)).toBe(403);
    expect(await handshake('/%2e%2e/rooms/7', `X-API-Key: ${key.secret}\r\n`)).toBe(400);
    expect(await handshake('/other', `X-API-Key: ${key.secret}\r\n`)).toBe(404);
    expect(upgrades()).toBe(0);
    expect(await handshake('/rooms/7', `X-API-Key: ${key.secret}\r\n`)).toBe(101);
    expect(await handshake('/rooms/7', `X-API-Key: ${key.secret}\r\n`)).toBe(429);
    expect(upgrades()).toBe(1);
  });

  it('a key revoked while messages go to and fro closes the connection in under a second', async () => {
    const { gateway, revoke } = await chat();
    const url = `${gateway.url.replace('http', 'ws')}/rooms/7`;
    const socket = new WebSocket(url, { headers: { 'X-API-Key': key.secret } });
    await once(socket, 'open');
    let echoes = 0;
    socket
      .on('error', () => {})
      .on('message', () => {
        echoes++;
        if (socket.readyState === WebSocket.OPEN) socket.send('on and on');
      });
    socket.send('on and on');
    await waitUntil(() => echoes > 50);
    const closed = once(socket, 'close');
    const began = performance.now();
    await revoke();
    await closed;
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
