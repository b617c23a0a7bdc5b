import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { statusesOf } from './raw.ts';
import { startGateway } from './start-gateway.ts';

async function open(limits: Record<string, unknown>) {
  const upstream = await startUpstream((request, response) => {
    request.resume().on('end', () => response.end('ok'));
  });
  const gateway = await startGateway({
    server: { limits },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
  });
  return { gateway, upstream };
}

function dial(port: number): Socket & { text(): string } {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  return Object.assign(socket, { text: () => text });
}

it('cuts off callers that send their head byte by byte, and goes on serving others', async () => {
  const { gateway, upstream } = await open({ headerTimeout: '1s' });
  const slow = Array.from({ length: 20 }, () => dial(gateway.port));
  const head = 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ';
  for (const socket of slow) socket.write(head);
  const drip = setInterval(() => {
    for (const socket of slow) if (socket.writable) socket.write('x');
  }, 200);
  onTestFinished(() => clearInterval(drip));
  expect((await fetch(gateway.url)).status).toBe(200);
  await waitUntil(() => slow.every((socket) => socket.closed || socket.destroyed), 6_000);
  expect(slow.map((socket) => statusesOf(socket.text())[0])).toEqual(slow.map(() => 408));
  expect(upstream.requests.length).toBe(1);
});

it('cuts off callers that stop in the middle of a body, but not those that are slow', async () => {
  const { gateway } = await open({ idle: '1s' });
  const stalled = dial(gateway.port);
  stalled.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc');
  const slow = dial(gateway.port);
  slow.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n');
  for (const letter of 'abcde') {
    await wait(500);
    slow.write(letter);
  }
  await waitUntil(() => statusesOf(slow.text())[0] === 200);
  await waitUntil(() => stalled.closed);
  expect(statusesOf(stalled.text())).toEqual([408]);
});

it('closes idle connections, and more of them from one address than allowed at once', async () => {
  const { gateway } = await open({ connectionsPerAddress: 3, idle: '1s' });
  const kept = [dial(gateway.port), dial(gateway.port), dial(gateway.port)];
  await Promise.all(kept.map((socket) => once(socket, 'connect')));
  const extra = dial(gateway.port);
  await waitUntil(() => extra.closed);
  kept[0]?.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await waitUntil(() => statusesOf(kept[0]?.text() ?? '')[0] === 200);
  await waitUntil(() => kept.every((socket) => socket.closed), 5_000);
  const again = dial(gateway.port);
  again.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await waitUntil(() => statusesOf(again.text())[0] === 200);
});

it('cuts off callers that do not read their answer', async () => {
  const upstream = await startUpstream((_, response) => response.end(Buffer.alloc(64 * 1024 * 1024)));
  const gateway = await startGateway({
    server: { limits: { idle: '1s' } },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
  });
  const lazy = dial(gateway.port);
  lazy.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  lazy.pause();
  await waitUntil(() => gateway.events().length === 1, 10_000);
  expect(gateway.events()[0]).toMatchObject({ status: 200, aborted: 'client' });
});
