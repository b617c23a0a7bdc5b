import { request } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { statusesOf } from '../gateway/raw.ts';
import { growthWhile, startRealGateway } from './real-gateway.ts';

const MB = 1024 * 1024;
const FLAT_MB = 100;
/** What half of a stream of 400 MB would be: chunks in flight both ways wait for the collector, the body never stays. */
const STREAMED_MB = 200;

/** Unlimited bodies (defaults of Kong and APISIX): what is too large is refused, and bombs do not unfold. */
async function shop() {
  let arrived = 0;
  const bomb = await gigabyteOfNothing();
  const upstream = await startUpstream((incoming, response) => {
    incoming.on('data', (chunk: Buffer) => {
      arrived += chunk.length;
    });
    incoming.on('end', () => {
      if (incoming.url !== '/answers/bomb') return response.end('ok');
      return response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(bomb);
    });
  });
  const validate = { mode: 'enforce' as const, body: { type: 'object', properties: { a: {} } } };
  const gateway = await startRealGateway({
    defaults: { auth: 'none', mode: 'enforce' },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/plain' } },
          { match: { path: '/checked', methods: ['POST'] }, validate },
          { match: { path: '/answers/*' } },
        ],
      },
    ],
    responseGuard: { mode: 'enforce' },
    attackFilter: { mode: 'enforce' },
  });
  return { ...gateway, bomb, arrived: () => arrived };
}

/** A gigabyte of zeros, which is one megabyte as gzip. */
async function gigabyteOfNothing(): Promise<Buffer> {
  const zeros = Buffer.alloc(MB);
  const source = Readable.from(Array.from({ length: 1024 }, () => zeros));
  const chunks: Buffer[] = [];
  for await (const chunk of source.pipe(createGzip({ level: constants.Z_BEST_SPEED }))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Sends without a pause, answered or not, until the connection ends; the answer's status, and how much was sent. */
function flood(url: string, bytes: number, declared: boolean): Promise<{ status: number | undefined; sent: number }> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let [sent, text] = [0, ''];
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    // Whoever is cut off while sending hears of it by an error; what counts is whether the answer came first.
    socket.on('error', () => {});
    socket.on('close', () => resolve({ status: statusesOf(text)[0], sent }));
    socket.on('end', () => setTimeout(() => socket.destroy(), 100));
    const length = declared ? `Content-Length: ${bytes}` : 'Transfer-Encoding: chunked';
    socket.write(`POST ${pathname} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${length}\r\n\r\n`);
    const piece = Buffer.alloc(64 * 1024, 'x');
    const framed = declared ? piece : Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]);
    const more = () => {
      while (sent < bytes && socket.writable) {
        sent += piece.length;
        if (!socket.write(framed)) return void socket.once('drain', more);
      }
    };
    more();
  });
}

const post = async (url: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  (await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } })).status;

describe('bodies', () => {
  it.each(['/plain', '/checked'])(
    'oversize is answered with 413 on %s, declared and chunked, with flat memory',
    async (path) => {
      const { url, arrived, ...gateway } = await shop();
      await post(`${url}/plain`, '{}');
      const before = arrived();
      const grown = await growthWhile(gateway, async () => {
        const declared = await Promise.all(Array.from({ length: 10 }, () => flood(url + path, 200 * MB, true)));
        const chunked = await Promise.all(Array.from({ length: 10 }, () => flood(url + path, 200 * MB, false)));
        expect(declared.map(({ status }) => status)).toEqual(Array(10).fill(413));
        expect(chunked.map(({ status }) => status)).toEqual(Array(10).fill(413));
        for (const { sent } of chunked) expect(sent).toBeLessThan(100 * MB);
      });
      expect(grown).not.toBeGreaterThan(FLAT_MB);
      // Of a body of unknown length no more than the limit (1 MiB) has gone on, and none of one that says what it is.
      expect(arrived() - before).toBeLessThanOrEqual(10 * MB);
    },
  );

  it('400 MB stream through both ways with flat memory, as many bytes out as in', async () => {
    const echo = await startUpstream((incoming, response) => incoming.pipe(response));
    const { url, ...gateway } = await startRealGateway({
      defaults: { auth: 'none' },
      services: [{ name: 'echo', upstream: echo.url, routes: [{ match: { path: '/*' }, limits: { body: '1GiB' } }] }],
    });
    await post(url, '{}');
    const [size, piece] = [400 * MB, new Uint8Array(MB).fill(7)];
    let [sent, received] = [0, 0];
    const body = new ReadableStream({
      pull(controller) {
        if (sent >= size) return controller.close();
        sent += piece.length;
        controller.enqueue(piece);
      },
    });
    const grown = await growthWhile(gateway, async () => {
      const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit);
      for await (const chunk of response.body ?? []) received += (chunk as Uint8Array).length;
    });
    expect(received).toBe(size);
    expect(grown).not.toBeGreaterThan(STREAMED_MB);
  });

  it('a gzip bomb is never unfolded: not of a caller, not of an application', async () => {
    const { url, bomb, ...gateway } = await shop();
    expect(bomb.length).toBeGreaterThan(MB / 2);
    const small = gzipSync(Buffer.alloc(200 * MB), { level: 9 });
    await post(`${url}/checked`, '{}');
    const grown = await growthWhile(gateway, async () => {
      const zipped = { 'Content-Encoding': 'gzip' };
      const refused = Array.from({ length: 20 }, () => post(`${url}/checked`, small, zipped));
      for (const status of await Promise.all(refused)) expect(status).toBe(415);
      for (let i = 0; i < 10; i++) {
        // Asked for as it is: fetch would unfold it here.
        const size = await new Promise<number>((resolve) =>
          request(`${url}/answers/bomb`, (response) => {
            let bytes = 0;
            response.on('data', (chunk: Buffer) => {
              bytes += chunk.length;
            });
            response.on('end', () => resolve(bytes));
          }).end(),
        );
        expect(size).toBe(bomb.length);
      }
    });
    expect(grown).not.toBeGreaterThan(FLAT_MB);
  });

  it('a JSON-depth bomb is refused before it is built, with flat memory', async () => {
    const { url, arrived, ...gateway } = await shop();
    await post(`${url}/checked`, '{}');
    const before = arrived();
    const bombs = ['[', '{"a":', '[{"a":'].map((open) => open.repeat(Math.floor((MB - 1) / open.length)));
    const grown = await growthWhile(gateway, async () => {
      for (const bomb of bombs) {
        const answers = await Promise.all(Array.from({ length: 15 }, () => post(`${url}/checked`, bomb)));
        expect(answers).toEqual(Array(15).fill(400));
      }
    });
    expect(grown).not.toBeGreaterThan(FLAT_MB);
    expect(arrived()).toBe(before);
    expect(await post(`${url}/checked`, '{"a":[[[1]]]}')).toBe(200);
  });
});
