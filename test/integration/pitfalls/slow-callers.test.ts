import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { growthWhile, startRealGateway } from './real-gateway.ts';

const MB = 1024 * 1024;
const CALLERS = 500;
const UPLOAD = 100 * MB;
const LARGE = Buffer.alloc(8 * MB);

/**
 * Slowloris, slow bodies, slow readers. A byte comes or goes every second, three times within what callers may be idle: idle
 * time alone would never end them. The gateway looks at their pace every five seconds.
 */
async function shop() {
  let received = 0;
  const upstream = await startUpstream((incoming, response) => {
    incoming.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    incoming.on('end', () => response.end(incoming.url === '/large' ? LARGE : 'ok'));
  });
  const gateway = await startRealGateway({
    defaults: { auth: 'none' },
    server: { limits: { headerTimeout: '3s', idle: '3s', connectionsPerAddress: 2 * CALLERS } },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [{ match: { path: '/*' } }, { match: { path: '/upload' }, limits: { body: '200MiB' } }],
      },
    ],
  });
  return { ...gateway, received: () => received };
}

/** Calls at a steady pace, as a customer's browser would; the answers' statuses. */
function genuineTraffic(url: string) {
  const statuses = new Map<number, number>();
  let stopped = false;
  onTestFinished(() => {
    stopped = true;
  });
  const done = (async () => {
    while (!stopped) {
      const response = await fetch(`${url}/`);
      await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      await wait(20);
    }
  })();
  return async () => {
    stopped = true;
    await done;
    return Object.fromEntries(statuses);
  };
}

/** A caller that reads a single byte each time it is told to. */
function slowReader(port: number): Socket {
  const socket: Socket = connect({
    ...{ port, host: '127.0.0.1' },
    onread: {
      buffer: Buffer.alloc(1),
      callback: () => {
        socket.pause();
        return false;
      },
    },
  });
  return socket;
}

type Slow = { open(port: number): Socket; head: string; each: ((socket: Socket) => void) | null };
const POST = 'POST / HTTP/1.1\r\nHost: a\r\n';
const drip = (socket: Socket) => void socket.write('x');
const CASES: [string, Slow][] = [
  [
    'their head',
    { open: (port) => connect(port, '127.0.0.1'), head: 'GET / HTTP/1.1\r\nHost: a\r\nX-A: ', each: drip },
  ],
  ['a body', { open: (port) => connect(port, '127.0.0.1'), head: `${POST}Content-Length: 1000\r\n\r\n`, each: drip }],
  [
    'a large body, which streams',
    { open: (port) => connect(port, '127.0.0.1'), head: `${POST}Content-Length: 900000\r\n\r\n`, each: drip },
  ],
  [
    'a body in chunks',
    {
      open: (port) => connect(port, '127.0.0.1'),
      head: `${POST}Transfer-Encoding: chunked\r\n\r\n`,
      each: (socket) => void socket.write('1\r\nx\r\n'),
    },
  ],
  [
    'nothing and read their answer',
    {
      open: slowReader,
      head: 'GET /large HTTP/1.1\r\nHost: a\r\n\r\n',
      each: (socket) => void socket.resume(),
    },
  ],
];

describe(`${CALLERS} slow callers`, () => {
  it.each(CASES)(
    'that send %s byte by byte are cut off, while genuine traffic goes on',
    { timeout: 180_000 },
    async (_, slow) => {
      const { url, port, ...gateway } = await shop();
      await fetch(url);
      const stop = genuineTraffic(url);
      const cut = new Set<Socket>();
      const grown = await growthWhile(gateway, async () => {
        const sockets = Array.from({ length: CALLERS }, () => {
          const socket = slow.open(port);
          socket
            .on('error', () => {})
            .on('close', () => cut.add(socket))
            .on('end', () => cut.add(socket));
          if (slow.open !== slowReader) socket.resume();
          socket.write(slow.head);
          return socket;
        });
        const pulse = setInterval(() => {
          for (const socket of sockets) if (!cut.has(socket) && socket.writable) slow.each?.(socket);
        }, 1_000);
        onTestFinished(() => {
          clearInterval(pulse);
          for (const socket of sockets) socket.destroy();
        });
        // A slow reader learns of its end only when it has read all that was on its way; the gateway knows it at once.
        await waitUntil(async () => (await gateway.openConnections()) < 10, 90_000);
        clearInterval(pulse);
      });
      const statuses = await stop();
      expect(Object.keys(statuses)).toEqual(['200']);
      expect(statuses[200]).toBeGreaterThan(10);
      expect(grown).not.toBeGreaterThan(300);
    },
  );

  it('a slow genuine upload of 100 MB succeeds on a route that allows it', { timeout: 180_000 }, async () => {
    const { url, received, ...gateway } = await shop();
    await fetch(url);
    const before = received();
    const began = performance.now();
    const grown = await growthWhile(gateway, async () => {
      const headers = { 'Content-Length': UPLOAD };
      const outgoing = request(`${url}/upload`, { method: 'POST', headers, agent: false });
      const status = new Promise<number>((resolve, reject) => {
        outgoing.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
      });
      const piece = Buffer.alloc(MB, 'x');
      for (let sent = 0; sent < UPLOAD; sent += MB) {
        outgoing.write(piece);
        await wait(120);
      }
      outgoing.end();
      expect(await status).toBe(200);
    });
    // Longer than callers may be idle, and than two looks at their pace.
    expect(performance.now() - began).toBeGreaterThan(12_000);
    expect(received() - before).toBe(UPLOAD);
    expect(grown).not.toBeGreaterThan(100);
  });

  it('a genuine upload that an application takes slowly succeeds: the caller is not to blame', {
    timeout: 60_000,
  }, async () => {
    let taken = 0;
    const upstream = await startUpstream(async (incoming, response) => {
      await wait(11_000);
      for await (const chunk of incoming) taken += (chunk as Buffer).length;
      response.end('ok');
    });
    const gateway = await startRealGateway({
      defaults: { auth: 'none' },
      server: { limits: { idle: '15s' } },
      services: [
        { name: 'shop', upstream: upstream.url, routes: [{ match: { path: '/*' }, limits: { body: '64MiB' } }] },
      ],
    });
    const body = Buffer.alloc(32 * MB);
    expect((await fetch(gateway.url, { method: 'POST', body })).status).toBe(200);
    expect(taken).toBe(body.length);
  });
});
