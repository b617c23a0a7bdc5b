import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { protect } from '../../../src/app/middleware/index.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { keyFor, readEvents } from '../gateway/start-gateway.ts';
import { guardFor, listening, STACKS, startStack } from './stacks.ts';

const key = keyFor('k', { scopes: ['orders:read'] });
const routes = [
  { match: { path: '/api/orders/{id}' }, scopes: ['orders:read'] },
  { match: { path: '/open/*' }, auth: 'none' },
  { match: { path: '/socket' } },
];
const consumers = [{ name: 'web-shop', scopes: ['orders:read'], keys: [key.config] }];
const config = { version: 1, services: [{ name: 'app', routes }], consumers };
const guarded = { ...config, responseGuard: { mode: 'enforce', cards: 'mask' } };
const withKey = { 'X-API-Key': key.secret };

describe.each(STACKS)('the application in %s', (name) => {
  it('learns who calls and nothing that the caller made up', async () => {
    const { url } = await startStack(name, { config }, (request, response) => {
      const { nightlatch, headers, rawHeaders, headersDistinct } = request as IncomingMessage;
      response.end(JSON.stringify({ nightlatch, seen: [headers, rawHeaders, headersDistinct] }));
    });
    const headers = {
      ...withKey,
      'X-Nightlatch-Consumer': 'forged',
      X_Nightlatch_Consumer: 'forged',
      'x-nightlatch.scopes': 'forged',
      'X-Real-IP': 'forged',
      'X-Forwarded-For': 'forged',
      'X-Request-Id': 'forged',
      'X-Mine': 'kept',
    };
    const answer = await fetch(`${url}/api/orders/1`, { headers });
    const { nightlatch, seen } = (await answer.json()) as { nightlatch: object; seen: unknown };
    expect(nightlatch).toEqual({
      consumer: 'web-shop',
      scopes: ['orders:read'],
      route: 'ANY /api/orders/{id}',
      requestId: answer.headers.get('x-request-id'),
    });
    expect(JSON.stringify(seen)).not.toMatch(/forged/);
    expect(JSON.stringify(seen)).not.toContain(key.secret);
    expect(JSON.stringify(seen).match(/kept/g)?.length).toBe(3);
  });

  it('gets what no route knows only when told to, and that is recorded', async () => {
    const denied = await startStack(name, { config }, (_, response) => response.end('in'));
    expect((await fetch(`${denied.url}/other`)).status).toBe(404);
    const { url, dataDir } = await startStack(name, { config, unmatched: 'pass' }, (_, response) => response.end('in'));
    expect(await (await fetch(`${url}/other`)).text()).toBe('in');
    expect((await fetch(`${url}/api/orders/1`)).status).toBe(401);
    expect((await fetch(`${url}/API/orders/1`)).status).toBe(400);
    expect(readEvents(dataDir)).toMatchObject([
      { route: null, status: 200, path: '/other' },
      { code: 'key-missing' },
      { code: 'path-case' },
    ]);
  });

  it('streams without delay, and the record is there before the last byte', async () => {
    let goOn = () => {};
    const { url, dataDir } = await startStack(name, { config: guarded }, (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.flushHeaders();
      response.write('data: 1\n\n');
      goOn = () => response.end('data: 4111 1111 1111 1111\n\n');
    });
    const answer = await fetch(`${url}/open/stream`);
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    expect(readEvents(dataDir)).toEqual([]);
    goOn();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).not.toContain('4111 1111');
    expect(readEvents(dataDir)).toMatchObject([{ status: 200, bytesOut: 36 }]);
  });

  it('has cards covered in an answer that said its length, in one piece or many', async () => {
    const text = 'paid with 4111 1111 1111 1111 today';
    const { url } = await startStack(name, { config: guarded }, (request, response) => {
      response.setHeader('Content-Length', text.length);
      response.setHeader('ETag', '"1"');
      if (request.url?.endsWith('one') === true) response.end(text);
      else for (const letter of text) response.write(letter);
      response.end();
    });
    for (const path of ['/open/one', '/open/many']) {
      const answer = await fetch(url + path);
      expect(await answer.text()).toMatch(/^paid with \S+.*1111 today$/);
      expect(answer.headers.get('etag')).toBe(null);
    }
  });

  it('is recorded as broken off when the caller goes away', async () => {
    const { url, dataDir } = await startStack(name, { config }, (_, response) => void response.write('a'));
    const request = get(`${url}/open/x`);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response, 'data');
    request.on('error', () => {}).destroy();
    await waitUntil(() => readEvents(dataDir).length === 1);
    expect(readEvents(dataDir)).toMatchObject([{ status: 200, aborted: 'client' }]);
  });
});

it('in Express it may be mounted, judges the whole path, and leaves errors to the application', async () => {
  const { guard, dataDir } = await guardFor({ config });
  const app = express();
  app.use('/api', guard.express, (request, response) => {
    if (request.url === '/orders/2') throw new Error('of the application');
    response.json([request.url, request.originalUrl]);
  });
  app.use((error: Error, _q: express.Request, response: express.Response, _next: express.NextFunction) => {
    response.status(418).send(error.message);
  });
  const url = await listening(createServer(app));
  expect((await fetch(`${url}/api/orders/1`)).status).toBe(401);
  const answer = await fetch(`${url}/api/orders/1`, { headers: withKey });
  expect(await answer.json()).toEqual(['/orders/1', '/api/orders/1']);
  expect(answer.headers.get('x-powered-by')).toBe(null);
  expect((await fetch(`${url}/api/orders/2`, { headers: withKey })).status).toBe(418);
  expect(readEvents(dataDir).map((event) => event.type === 'request' && event.status)).toEqual([401, 200, 418]);
});

it('in Fastify it guards what was registered before it, what is not found, and inject', async () => {
  const { guard } = await guardFor({ config });
  const fastify = Fastify();
  await fastify.register(async (child) => void child.get('/api/orders/:id', async () => 'in'));
  await fastify.register(guard.fastify);
  fastify.get('/open/me', async (request) => (request as { nightlatch?: object }).nightlatch);
  fastify.get('/socket', async () => 'in');
  onTestFinished(() => fastify.close());
  const url = await fastify.listen({ port: 0, host: '127.0.0.1' });
  expect((await fetch(`${url}/api/orders/1`)).status).toBe(401);
  expect(await (await fetch(`${url}/api/orders/1`, { headers: withKey })).text()).toBe('in');
  expect((await fetch(`${url}/nowhere`)).headers.get('content-type')).toBe('application/problem+json');
  expect(await (await fetch(`${url}/open/me`)).json()).toMatchObject({ route: 'ANY /open/*', consumer: null });
  expect((await fastify.inject('/socket')).statusCode).toBe(401);
  expect((await fastify.inject({ url: '/socket', headers: withKey })).body).toBe('in');
});

it('follows its file, and keeps what was in service when the file is bad', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'nightlatch.yaml');
  const write = (auth: string) =>
    writeFileSync(file, `version: 1\nservices: [{ name: app, routes: [{ match: { path: /x }, auth: ${auth} }] }]\n`);
  write('none');
  const { url } = await startStack('node', { config: file, dataDir: join(folder, 'data') }, (_, r) => r.end('in'));
  const status = async () => (await fetch(`${url}/x`)).status;
  expect(await status()).toBe(200);
  write('required');
  await waitUntil(async () => (await status()) === 401);
  write('perhaps');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await status()).toBe(401);
  write('none');
  await waitUntil(async () => (await status()) === 200);
});

it('judges upgrades where asked to, and ends them with a key that is revoked', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'nightlatch.json');
  writeFileSync(file, JSON.stringify(config));
  const { guard, dataDir } = await guardFor({ config: file, dataDir: join(folder, 'data') });
  const server = createServer((q, r) => guard.node(q, r, () => r.end('in')));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => socket.send(String(request.nightlatch?.consumer)));
  guard.upgrade(server);
  const url = (await listening(server)).replace('http', 'ws');
  const refused = new WebSocket(`${url}/socket`);
  const [error] = (await once(refused, 'error')) as [Error];
  expect(error.message).toContain('401');
  const socket = new WebSocket(`${url}/socket`, { headers: withKey });
  expect(String((await once(socket, 'message'))[0])).toBe('web-shop');
  writeFileSync(file, JSON.stringify({ ...config, consumers: [] }));
  await once(socket, 'close');
  expect(readEvents(dataDir)).toMatchObject([
    { status: 401, code: 'key-missing' },
    { status: 101, consumer: 'web-shop' },
    { type: 'stream-end', reason: 'revoked' },
  ]);
});

it('says what is wrong with a configuration, and takes one data folder once', async () => {
  const dataDir = temporaryFolder();
  const wrong = { version: 1, services: [{ name: 'app', routs: [] }] };
  await expect(protect({ config: wrong, dataDir })).rejects.toMatchObject({ code: 'config-invalid' });
  await expect(protect({ config: join(dataDir, 'none.yaml'), dataDir })).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(protect({ dataDir })).rejects.toMatchObject({ code: 'options-invalid' });
  await guardFor({ config, dataDir });
  await expect(protect({ config, dataDir })).rejects.toMatchObject({ code: 'data-folder-taken' });
});

it('lets running requests end when it is closed, and refuses those that come then', async () => {
  let finish = () => {};
  const { url, guard, dataDir } = await startStack('node', { config }, (_, response) => {
    finish = () => void response.end('done');
  });
  const running = fetch(`${url}/open/x`);
  await waitUntil(() => finish.toString().includes('done'));
  const closed = guard.close();
  expect((await fetch(`${url}/open/x`)).status).toBe(503);
  finish();
  expect(await (await running).text()).toBe('done');
  await closed;
  expect(readEvents(dataDir)).toMatchObject([{ status: 200 }]);
});
