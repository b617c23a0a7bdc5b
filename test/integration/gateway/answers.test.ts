import { request as httpRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from './start-gateway.ts';

type Guard = GatewayConfig['responseGuard'];

const CARD = '4111111111111111';
const SECRET = `sk_live_${'aB3dE5f'.repeat(4)}`;
const json = { 'Content-Type': 'application/json' };
const TRACE = JSON.stringify({ error: 'Error: x\n    at find (/srv/app/db.js:12:9)' });

async function guarded(responseGuard: Guard | undefined, routeGuard?: Guard) {
  const upstream = await startUpstream((request, response) => {
    const path = request.url ?? '';
    if (path === '/card')
      response.writeHead(200, json).end(JSON.stringify({ name: 'Ana', card: CARD, email: 'a@b.example' }));
    else if (path === '/secret') response.writeHead(200, json).end(JSON.stringify({ key: SECRET }));
    else if (path === '/broken') response.writeHead(500, json).end(TRACE);
    else if (path === '/refused') response.writeHead(400, json).end(TRACE);
    else if (path === '/zip') {
      const zipped = !(request.headers['accept-encoding'] ?? '').includes('identity');
      response.writeHead(200, zipped ? { ...json, 'Content-Encoding': 'gzip' } : json);
      response.end(zipped ? gzipSync(JSON.stringify({ card: CARD })) : JSON.stringify({ card: CARD }));
    } else if (path === '/stubborn') {
      response.writeHead(200, { ...json, 'Content-Encoding': 'gzip' }).end(gzipSync(JSON.stringify({ card: CARD })));
    } else if (path === '/long') {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      for (let i = 0; i < 40; i++) response.write(`${'x'.repeat(16_000)} ${CARD} `);
      response.end();
    } else if (path === '/slow') {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      response.write('41111111');
      setTimeout(() => response.end('11111111 is the card'), 120);
    } else if (path === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(`data: ${CARD}\n\n`);
      setTimeout(() => response.end('data: done\n\n'), 300);
    } else
      response
        .writeHead(200, { 'Content-Type': 'text/html', Server: 'Apache/2.2.3', 'X-Powered-By': 'PHP/5.3' })
        .end('<p>hello</p>');
  });
  const route = { match: { path: '/*' }, ...(routeGuard === undefined ? {} : { responseGuard: routeGuard }) };
  const running = await startGateway({
    defaults: { auth: 'none' },
    services: [{ name: 'shop', upstream: upstream.url, routes: [route] }],
    ...(responseGuard === undefined ? {} : { responseGuard }),
  });
  const last = () => running.events().at(-1) as RequestEvent;
  return { ...running, upstream, last };
}

describe('a guard that enforces', () => {
  it('covers a card number and leaves the rest as it is', async () => {
    const { url, last } = await guarded({ mode: 'enforce' });
    const answer = await fetch(`${url}/card`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ name: 'Ana', card: '************1111', email: 'a@b.example' });
    expect(last()).toMatchObject({ status: 200, personal: { card: 1, email: 1 } });
    expect(last().decisions).toContainEqual({
      policy: 'response-guard',
      decision: 'changed',
      code: 'answer-covered',
      detail: 'Visa',
    });
  });

  it('keeps back an answer with a credential, and the connection serves the next request', async () => {
    const { url, last } = await guarded({ mode: 'enforce' });
    const answer = await fetch(`${url}/secret`);
    expect(answer.status).toBe(502);
    const text = await answer.text();
    expect(text).not.toContain('sk_live');
    expect(JSON.parse(text)).toMatchObject({ code: 'answer-withheld', status: 502 });
    expect(JSON.stringify(last())).not.toContain(SECRET);
    expect(last()).toMatchObject({ status: 502, code: 'answer-withheld' });
    expect((await fetch(`${url}/card`)).status).toBe(200);
  });

  it.each([
    ['/broken', 500],
    ['/refused', 400],
  ])('%s: the inside of a failed application stays here, its status %i does not', async (path, status) => {
    const { url } = await guarded({ mode: 'enforce' });
    const answer = await fetch(url + path);
    expect(answer.status).toBe(status);
    const problem = await answer.json();
    expect(problem).toMatchObject({ code: 'error-withheld', status });
    expect(JSON.stringify(problem)).not.toContain('db.js');
  });

  it('asks for answers that it can read, and says so where one comes compressed all the same', async () => {
    const { url, last } = await guarded({ mode: 'enforce' });
    expect(await (await fetch(`${url}/zip`)).text()).toBe('{"card":"************1111"}');
    expect(await (await fetch(`${url}/stubborn`)).json()).toEqual({ card: CARD });
    expect(last().decisions).toContainEqual({
      policy: 'response-guard',
      decision: 'allow',
      code: 'answer-unread',
      detail: 'compressed',
    });
  });

  it('covers in pieces what is longer than the budget', async () => {
    const { url, last } = await guarded({ mode: 'enforce', budget: '64KiB' });
    const text = await (await fetch(`${url}/long`)).text();
    expect(text).toHaveLength(40 * 16_018);
    expect(text).not.toContain(CARD);
    expect(text.match(/\*{12}1111/g)).toHaveLength(40);
    expect(last().bytesOut).toBe(text.length);
    expect(last().decisions).toContainEqual(expect.objectContaining({ decision: 'changed', detail: 'Visa ×40' }));
  });

  it('finds a number that comes in two pieces', async () => {
    const { url } = await guarded({ mode: 'enforce' });
    expect(await (await fetch(`${url}/slow`)).text()).toBe('************1111 is the card');
  });

  it('lets the first event of a stream through at once, covered', async () => {
    const { url } = await guarded({ mode: 'enforce' });
    const began = performance.now();
    const answer = await fetch(`${url}/events`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const first = await reader.read();
    expect(performance.now() - began).toBeLessThan(250);
    expect(Buffer.from(first.value ?? []).toString()).toBe('data: ************1111\n\n');
    await wait(0);
    await reader.cancel();
  });
});

it('a guard that watches changes nothing and records what it would have done', async () => {
  const { url, last } = await guarded({});
  expect(await (await fetch(`${url}/card`)).json()).toMatchObject({ card: CARD });
  expect(last().decisions).toContainEqual(
    expect.objectContaining({ decision: 'would-change', code: 'answer-covered' }),
  );
  expect(await (await fetch(`${url}/secret`)).json()).toEqual({ key: SECRET });
  expect(last().decisions).toContainEqual(expect.objectContaining({ decision: 'would-deny', code: 'answer-withheld' }));
});

it('a route can allow what is guarded elsewhere', async () => {
  const { url } = await guarded({ mode: 'enforce' }, { secrets: 'allow' });
  expect((await fetch(`${url}/secret`)).status).toBe(200);
  expect(await (await fetch(`${url}/card`)).json()).toMatchObject({ card: '************1111' });
});

it('without a guard, fields that name software are dropped and types are not guessed all the same', async () => {
  const { url } = await guarded(undefined);
  const page = await fetch(`${url}/page`);
  expect([page.headers.get('server'), page.headers.get('x-powered-by')]).toEqual([null, null]);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await fetch(`${url}/card`)).headers.get('content-security-policy')).toBeNull();
});

it('with a guard, JSON is not shown as a page', async () => {
  const { url } = await guarded({});
  expect((await fetch(`${url}/card`)).headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await fetch(`${url}/page`)).headers.get('content-security-policy')).toBeNull();
});

it('a guard that is off touches nothing', async () => {
  const { url } = await guarded({ mode: 'off' });
  const page = await fetch(`${url}/page`);
  expect(page.headers.get('server')).toBe('Apache/2.2.3');
  expect(page.headers.get('x-content-type-options')).toBeNull();
});

it('an answer to HEAD is not waited for', async () => {
  const { port } = await guarded({ mode: 'enforce' });
  const status = await new Promise((resolve, reject) => {
    httpRequest({ port, method: 'HEAD', path: '/card' }, (answer) => resolve(answer.statusCode))
      .on('error', reject)
      .end();
  });
  expect(status).toBe(200);
});
