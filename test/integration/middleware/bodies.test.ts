import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import multer from 'multer';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendRaw, statusesOf } from '../gateway/raw.ts';
import { readEvents } from '../gateway/start-gateway.ts';
import { guardFor, listening } from './stacks.ts';

const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** `/read` is read by a policy before the application gets it; `/unread` goes by as it comes. */
const config = {
  version: 1,
  services: [
    {
      name: 'app',
      routes: [
        { match: { path: '/read' }, auth: 'none', rateLimit: [{ key: 'body.a', quota: 9_999, window: '1m' }] },
        { match: { path: '/watched' }, auth: 'none', mode: 'monitor', validate: { mode: 'monitor', body: {} } },
        { match: { path: '/unread' }, auth: 'none', limits: { body: '64KiB' } },
      ],
    },
  ],
};

const JSON_BODIES = ['{"a":1}', '{ "a":  "\\u00e9 é 🏺",\n"b":1e2}', `{"a":"${'long '.repeat(40_000)}"}`];

/** Sends a body in one piece, or in many with pauses, with its length or without. */
function sent(text: string, how: 'whole' | 'pieces'): { body: NonNullable<RequestInit['body']>; duplex?: 'half' } {
  if (how === 'whole') return { body: text };
  const bytes = Buffer.from(text);
  const pieces = async function* () {
    for (let i = 0; i < bytes.length; i += Math.ceil(bytes.length / 5)) {
      yield bytes.subarray(i, i + Math.ceil(bytes.length / 5));
      await wait(5);
    }
  };
  return { body: ReadableStream.from(pieces()), duplex: 'half' };
}

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('a body that a policy has read, in %s', (_, framework) => {
  const start = async () => {
    const { guard } = await guardFor({ config });
    const app = framework();
    app.use(guard.express);
    return { app, url: () => listening(createServer(app)) };
  };

  it.each(['whole', 'pieces'] as const)('is parsed by express.json as ever (%s)', async (how) => {
    const { app, url } = await start();
    app.use(framework.json({ limit: '1mb' }));
    app.post('/read', (request, response) => void response.json(request.body));
    const address = await url();
    for (const text of JSON_BODIES) {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`${address}/read`, { method: 'POST', headers, ...sent(text, how) });
      expect(await answer.json()).toEqual(JSON.parse(text));
    }
  });

  it.each(['whole', 'pieces'] as const)('is byte for byte what was sent, for webhooks to verify (%s)', async (how) => {
    const { app, url } = await start();
    app.use(framework.raw({ type: '*/*', limit: '1mb' }));
    app.post('/read', (request, response) => void response.send(sha(request.body as Buffer)));
    const address = await url();
    for (const text of JSON_BODIES) {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`${address}/read`, { method: 'POST', headers, ...sent(text, how) });
      expect(await answer.text()).toBe(sha(Buffer.from(text)));
    }
  });

  it('that is empty is an empty body', async () => {
    const { app, url } = await start();
    app.use(framework.json());
    app.post('/read', (request, response) => void response.json(request.body ?? null));
    const address = new URL(await url());
    const head = 'POST /read HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n';
    for (const rest of ['Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'Content-Length: 0\r\n\r\n']) {
      expect(statusesOf((await sendRaw(Number(address.port), head + rest)).text).length).toBe(1);
    }
  });

  it('goes by unread as a form with a file', async () => {
    const { app, url } = await start();
    app.post('/unread', multer({ storage: multer.memoryStorage() }).single('file'), (request, response) => {
      const { file } = request as typeof request & { file?: { buffer: Buffer } };
      response.send(sha(file?.buffer ?? Buffer.alloc(0)));
    });
    const file = randomBytes(30_000);
    const form = new FormData();
    form.set('file', new Blob([file]), 'a.bin');
    const answer = await fetch(`${await url()}/unread`, { method: 'POST', body: form });
    expect(await answer.text()).toBe(sha(file));
  });

  it('leaves a connection that serves the next request', async () => {
    const { app, url } = await start();
    app.use(framework.json());
    app.post('/read', (request, response) => void response.json(request.body));
    const { port } = new URL(await url());
    const one = 'POST /read HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{"a":1}';
    const said = await sendRaw(Number(port), one.repeat(5));
    expect(statusesOf(said.text)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('a body in Fastify', () => {
  const start = async () => {
    const { guard } = await guardFor({ config });
    const fastify = Fastify();
    await fastify.register(guard.fastify);
    onTestFinished(() => fastify.close());
    return fastify;
  };

  it.each(['whole', 'pieces'] as const)('that a policy has read is parsed as ever (%s)', async (how) => {
    const fastify = await start();
    fastify.post('/read', async (request) => request.body);
    const address = await fastify.listen({ port: 0, host: '127.0.0.1' });
    for (const text of JSON_BODIES) {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(`${address}/read`, { method: 'POST', headers, ...sent(text, how) });
      expect(await answer.json()).toEqual(JSON.parse(text));
    }
  });

  it('gets to a parser of its own as raw bytes, also by inject', async () => {
    const fastify = await start();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    fastify.post('/read', async (request) => sha(request.body as Buffer));
    const headers = { 'content-type': 'application/json' };
    for (const payload of JSON_BODIES) {
      const answer = await fastify.inject({ method: 'POST', url: '/read', headers, payload });
      expect(answer.body).toBe(sha(Buffer.from(payload)));
    }
  });
});

describe('the limit of a body that the application reads itself', () => {
  it('holds for streams: what lies beyond never gets there', async () => {
    const { guard, dataDir } = await guardFor({ config });
    let got = 0;
    const server = createServer((request, response) =>
      guard.node(request, response, () => {
        request.on('data', (chunk: Buffer) => {
          got += chunk.length;
        });
        buffer(request).then(
          (body) => response.end(String(body.length)),
          () => response.destroy(),
        );
      }),
    );
    const url = await listening(server);
    const post = (bytes: number) => fetch(`${url}/unread`, { method: 'POST', ...sent('x'.repeat(bytes), 'pieces') });
    expect(await (await post(60_000)).text()).toBe('60000');
    got = 0;
    const refused = await post(200_000);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([413, 'body-too-large']);
    expect(got).toBeLessThanOrEqual(64 * 1024);
    expect(readEvents(dataDir).at(-1)).toMatchObject({ status: 413, code: 'body-too-large' });
  });

  it('is judged whether or not a policy looks: a watched route passes what it cannot read', async () => {
    const { guard } = await guardFor({ config });
    const url = await listening(
      createServer((q, r) => guard.node(q, r, () => void buffer(q).then((body) => r.end(sha(body))))),
    );
    const answer = await fetch(`${url}/watched`, {
      method: 'POST',
      body: '{"a":',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(await answer.text()).toBe(sha(Buffer.from('{"a":')));
  });
});

describe('a body that the attack filter looks at', () => {
  const filtered = (maxBody: string) => ({
    version: 1,
    services: [{ name: 'app', routes: [{ match: { path: '/*' }, auth: 'none', attackFilter: { maxBody } }] }],
  });

  it.each(['whole', 'pieces'] as const)('gets to the application whole, looked at or not (%s)', async (how) => {
    for (const maxBody of ['1KiB', '1MiB']) {
      const { guard } = await guardFor({ config: filtered(maxBody) });
      const app = express();
      app.use(guard.express);
      app.use(express.raw({ type: '*/*', limit: '1mb' }));
      app.post('/any', (request, response) => void response.send(sha(request.body as Buffer)));
      const address = await listening(createServer(app));
      for (const text of JSON_BODIES) {
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch(`${address}/any`, { method: 'POST', headers, ...sent(text, how) });
        expect(await answer.text()).toBe(sha(Buffer.from(text)));
      }
    }
  });

  it('and was read by a parser before is said to be not looked at', async () => {
    const { guard, dataDir } = await guardFor({ config: filtered('1MiB') });
    const app = express();
    app.use(express.json());
    app.use(guard.express);
    app.post('/any', (request, response) => void response.json(request.body));
    const address = await listening(createServer(app));
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${address}/any`, { method: 'POST', headers, body: '{"a":1}' });
    expect(await answer.json()).toEqual({ a: 1 });
    expect(readEvents(dataDir).at(-1)).toMatchObject({
      decisions: expect.arrayContaining([
        expect.objectContaining({ policy: 'attack-filter', decision: 'noticed', code: 'inspection-incomplete' }),
      ]),
    });
  });
});

it('a guard behind a body parser refuses what it cannot judge any more', async () => {
  const { guard } = await guardFor({ config });
  const app = express();
  app.use(express.json());
  app.use(guard.express);
  app.post('/read', (request, response) => void response.json(request.body));
  const answer = await fetch(`${await listening(createServer(app))}/read`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"a":1}',
  });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, 'internal']);
});
