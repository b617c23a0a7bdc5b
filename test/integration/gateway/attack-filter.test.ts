import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { PolicyDecision, RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from './start-gateway.ts';

type Filter = GatewayConfig['attackFilter'];
type RouteFilter = GatewayConfig['services'][number]['routes'][number]['attackFilter'];

const SQL = "' union select password from users--";
const SCRIPT = '<script>alert(1)</script>';
const json = { 'Content-Type': 'application/json' };

async function filtered(attackFilter: Filter, routeFilter?: RouteFilter, limits = { body: '1MiB' }) {
  const bodies: string[] = [];
  const upstream = await startUpstream(async (request, response) => {
    bodies.push(
      createHash('sha256')
        .update(await buffer(request))
        .digest('hex'),
    );
    response.end('upstream');
  });
  const running = await startGateway({
    defaults: { auth: 'none' },
    server: { limits },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          { match: { path: '/orders' }, ...(routeFilter === undefined ? {} : { attackFilter: routeFilter }) },
          { match: { path: '/*' } },
        ],
      },
    ],
    ...(attackFilter === undefined ? {} : { attackFilter }),
  });
  const last = () => running.events().at(-1) as RequestEvent;
  const said = (): PolicyDecision | undefined => last().decisions.find(({ policy }) => policy === 'attack-filter');
  const post = (path: string, body: NonNullable<RequestInit['body']>, headers: Record<string, string> = json) =>
    fetch(running.url + path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  return { ...running, upstream, bodies, last, said, post };
}

/** A body in pieces of unknown length. */
function inPieces(...pieces: (string | Buffer)[]): ReadableStream {
  return ReadableStream.from(
    (async function* () {
      for (const piece of pieces) {
        yield Buffer.from(piece);
        await wait(5);
      }
    })(),
  );
}

function slowPost(url: string) {
  const request = httpRequest(url, { method: 'POST', headers: json });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    request.on('response', resolve).on('error', reject),
  );
  return { request, answered };
}

const sha = (body: string | Buffer) => createHash('sha256').update(body).digest('hex');

type Carried = { path?: string; headers?: Record<string, string>; body?: string; place: string };

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const multipart = { 'Content-Type': 'multipart/form-data; boundary=edge' };
const CARRIERS: Record<string, Carried> = {
  query: { path: `/orders?page=2&q=${encodeURIComponent(SQL)}`, place: 'query.q' },
  'a path segment': { path: `/items/${encodeURIComponent(SCRIPT.replace('/', ''))}`, place: 'path' },
  'a header': { headers: { 'X-Note': SQL }, place: 'header.x-note' },
  'a cookie': { headers: { Cookie: `theme=dark; note=${encodeURIComponent(SQL)}` }, place: 'cookie.note' },
  JSON: { headers: json, body: JSON.stringify({ items: [{ n: 1 }, { note: SQL }] }), place: 'body.items[*].note' },
  'a form': { headers: form, body: `n=1&note=${encodeURIComponent(SQL)}`, place: 'body.note' },
  multipart: {
    headers: multipart,
    body: `--edge\r\nContent-Disposition: form-data; name="note"\r\n\r\n${SQL}\r\n--edge--\r\n`,
    place: 'body.note',
  },
};

describe('a filter that enforces', () => {
  it.each(Object.entries(CARRIERS))('stops an attack in %s, and tells the caller nothing of it', async (_, carried) => {
    const { url, upstream, last, said } = await filtered({ mode: 'enforce' });
    const method = carried.body === undefined ? 'GET' : 'POST';
    const answer = await fetch(url + (carried.path ?? '/orders'), { ...carried, method });
    expect(answer.status).toBe(403);
    const problem = await answer.text();
    expect(JSON.parse(problem)).toMatchObject({ code: 'attack-detected', status: 403, reference: last().id });
    expect(problem).not.toMatch(/sqli|xss|union|script|note/i);
    expect(upstream.requests).toEqual([]);
    expect(last()).toMatchObject({ status: 403, code: 'attack-detected' });
    expect(said()).toMatchObject({ decision: 'deny', code: 'attack-detected', attack: { complete: true } });
    expect(said()?.attack?.charges[0]?.place).toMatch(new RegExp(`^${carried.place.replace(/[.[\]*]/g, '\\$&')}`));
    expect(said()?.attack?.score).toBeGreaterThanOrEqual(70);
  });

  it('lets honest requests by, byte for byte, and says nothing about them', async () => {
    const { url, post, upstream, bodies, said } = await filtered({ mode: 'enforce' });
    const bodiesSent = [
      `{ "name": "O'Brien",  "note":"5 < 6 \\u00e9 é", "n":1e2 }`,
      `{"text":"${'long '.repeat(30_000)}"}`,
    ];
    for (const body of bodiesSent) expect((await post('/orders', body)).status).toBe(200);
    expect((await post('/orders', inPieces('{"a":', '1}'))).status).toBe(200);
    expect(bodies).toEqual([...bodiesSent, '{"a":1}'].map(sha));
    expect((await fetch(`${url}/orders?q=caf%C3%A9+au+lait&page=2`)).status).toBe(200);
    expect(upstream.requests.at(-1)?.url).toBe('/orders?q=caf%C3%A9+au+lait&page=2');
    expect(said()).toBeUndefined();
  });

  it('keeps what it saw within bounds, and no piece of a secret', async () => {
    const { url, post, said } = await filtered({ mode: 'enforce' });
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`field${i}`, `${'x'.repeat(500)}${SQL}`]));
    expect((await post('/orders', JSON.stringify(many))).status).toBe(403);
    expect(said()?.attack?.charges).toHaveLength(5);
    expect(JSON.stringify(said()).length).toBeLessThan(4_000);
    const secret = `hunter2${SQL}`;
    expect((await post('/orders', JSON.stringify({ password: secret }))).status).toBe(403);
    expect(said()).toMatchObject({ places: ['body.password'], attack: { charges: [{ excerpt: '' }] } });
    expect((await fetch(`${url}/orders`, { headers: { Authorization: `Basic ${SQL}` } })).status).toBe(403);
    expect(JSON.stringify(said())).not.toContain('union select');
  });

  it('names that callers make up do not stand in what is counted', async () => {
    const { url, said } = await filtered({ mode: 'enforce' });
    await fetch(`${url}/orders?${'a'.repeat(40)}=${encodeURIComponent(SQL)}`);
    expect(said()).toMatchObject({ places: ['query.{…}'], detail: expect.stringMatching(/^query\.\{…\}: sqli/) });
  });

  it('a route that only watches, and one where it is off', async () => {
    const watching = await filtered({ mode: 'enforce' }, { mode: 'monitor' });
    expect((await fetch(`${watching.url}${CARRIERS.query?.path}`)).status).toBe(200);
    expect(watching.said()).toMatchObject({ decision: 'would-deny' });
    const off = await filtered({ mode: 'enforce' }, { mode: 'off' });
    expect((await fetch(`${off.url}${CARRIERS.query?.path}`)).status).toBe(200);
    expect(off.said()).toBeUndefined();
  });
});

describe('a filter that watches', () => {
  it('is the default: the attack goes by and is recorded as it would have been stopped', async () => {
    const { post, bodies, last, said } = await filtered(undefined);
    const body = CARRIERS.JSON?.body ?? '';
    expect((await post('/orders', body)).status).toBe(200);
    expect(bodies).toEqual([sha(body)]);
    expect(last()).toMatchObject({ status: 200, code: null });
    expect(said()).toMatchObject({
      decision: 'would-deny',
      code: 'attack-detected',
      detail: expect.stringMatching(/^body\.items\[\*\]\.note: sqli/),
      places: ['body.items[*].note'],
      attack: { complete: true, charges: [{ kind: 'sqli', place: 'body.items[*].note', undone: [] }] },
    });
    expect(said()?.attack?.charges[0]?.excerpt).toContain('union select');
  });
});

describe('exclusions', () => {
  const exclusion = { detector: 'sqli', route: 'ANY /orders', field: 'query.q', expires: '2099-01-01' } as const;
  const attack = `q=${encodeURIComponent(SQL)}`;

  it('let the excluded by, and the record says so', async () => {
    const { url, said } = await filtered({ mode: 'enforce', exclusions: [exclusion] });
    expect((await fetch(`${url}/orders?${attack}`)).status).toBe(200);
    expect(said()).toMatchObject({ decision: 'excepted', code: 'attack-detected', places: ['query.q'] });
  });

  it.each([
    ['another kind', { detector: 'xss' as const }],
    ['another route', { route: 'GET /other' }],
    ['another field', { field: 'query.p' }],
    ['the past', { expires: '2020-01-01' }],
  ])('one for %s changes nothing', async (_, other) => {
    const { url } = await filtered({ mode: 'enforce', exclusions: [{ ...exclusion, ...other }] });
    expect((await fetch(`${url}/orders?${attack}`)).status).toBe(403);
  });

  it.each([
    ['any kind', { detector: 'any' as const }],
    ['the rest of the fields', { field: 'query.*' }],
    ['any route', { route: undefined }],
  ])('one for %s covers it', async (_, other) => {
    const { route, ...rest } = { ...exclusion, ...other };
    const { url } = await filtered({ mode: 'enforce', exclusions: [{ ...rest, ...(route ? { route } : {}) }] });
    expect((await fetch(`${url}/orders?${attack}`)).status).toBe(200);
  });

  it('another attack in the same request is stopped all the same', async () => {
    const { url, said } = await filtered({ mode: 'enforce', exclusions: [exclusion] });
    expect((await fetch(`${url}/orders?${attack}&p=${encodeURIComponent(SCRIPT)}`)).status).toBe(403);
    expect(said()?.places).toEqual(['query.p']);
  });

  it('a field that is said to hold code may hold it', async () => {
    const { post } = await filtered({ mode: 'enforce', fields: [{ place: 'body.items[*].note', holds: 'code' }] });
    expect((await post('/orders', CARRIERS.JSON?.body ?? '')).status).toBe(200);
    expect((await post('/orders', JSON.stringify({ note: SQL }))).status).toBe(403);
  });
});

describe('what cannot be inspected as a whole', () => {
  const small = { mode: 'enforce', maxBody: '1KiB' } as const;
  const large = JSON.stringify({ text: 'x'.repeat(5_000), note: SQL });

  it.each(['with its length', 'in pieces'])(
    'a body that is too large (%s) goes by untouched, never in silence',
    async (how) => {
      const { post, bodies, said } = await filtered(small);
      const body = how === 'in pieces' ? inPieces(...(large.match(/.{1,700}/gs) ?? [])) : large;
      expect((await post('/orders', body)).status).toBe(200);
      expect(bodies).toEqual([sha(large)]);
      expect(said()).toEqual({
        policy: 'attack-filter',
        decision: 'noticed',
        code: 'inspection-incomplete',
        detail: 'the body is larger than is inspected',
      });
    },
  );

  it('its head is inspected all the same', async () => {
    const { post, said } = await filtered(small);
    expect((await post(`/orders?q=${encodeURIComponent(SQL)}`, large)).status).toBe(403);
    expect(said()).toMatchObject({ decision: 'deny', attack: { complete: false } });
  });

  it('is refused where the owner wants that', async () => {
    const { post, upstream } = await filtered({ ...small, whenIncomplete: 'refuse' });
    const answer = await post('/orders', large);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'inspection-incomplete' });
    expect((await post('/orders', inPieces(...(large.match(/.{1,700}/gs) ?? [])))).status).toBe(413);
    expect(upstream.requests).toEqual([]);
  });

  it('a body that comes bit by bit is not held up by a filter that only watches', async () => {
    const upstream = await startUpstream((request, response) => {
      request.once('data', () => response.write('early '));
      buffer(request).then((body) => response.end(sha(body)));
    });
    const gateway = await startGateway({
      defaults: { auth: 'none' },
      services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' } }] }],
    });
    const { request, answered } = slowPost(`${gateway.url}/`);
    request.write('{"a":');
    const answer = await answered;
    const first = await new Promise<Buffer>((resolve) => answer.once('data', resolve));
    expect(first.toString()).toBe('early ');
    request.end('1}');
    expect(await text(answer)).toBe(sha('{"a":1}'));
    expect((gateway.events().at(-1) as RequestEvent).decisions).toContainEqual(
      expect.objectContaining({ decision: 'noticed', detail: expect.stringContaining('too slowly') }),
    );
  });

  it('the limit of the route holds as ever', async () => {
    const { post } = await filtered(small, undefined, { body: '2KiB' });
    expect((await post('/orders', large)).status).toBe(413);
    const { post: postWide } = await filtered({ mode: 'enforce', maxBody: '1MiB' }, undefined, { body: '2KiB' });
    expect((await postWide('/orders', inPieces(large))).status).toBe(413);
  });

  it('pictures are not read, and need not be', async () => {
    const { post, bodies, said } = await filtered({ ...small, whenIncomplete: 'refuse' });
    const picture = randomBytes(50_000);
    expect((await post('/orders', inPieces(picture), { 'Content-Type': 'image/png' })).status).toBe(200);
    expect(bodies).toEqual([sha(picture)]);
    expect(said()).toBeUndefined();
  });
});

describe('streams', () => {
  it('an event stream begins at once', async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('data: one\n\n');
      setTimeout(() => response.end('data: two\n\n'), 200);
    });
    const gateway = await startGateway({
      defaults: { auth: 'none' },
      services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' } }] }],
      attackFilter: { mode: 'enforce' },
    });
    const began = performance.now();
    const answer = await new Promise<IncomingMessage>((resolve) => {
      httpRequest(`${gateway.url}/live`, { headers: { Accept: 'text/event-stream' } }, resolve).end();
    });
    const first = await new Promise<Buffer>((resolve) => answer.once('data', resolve));
    expect(performance.now() - began).toBeLessThan(150);
    expect(first.toString() + (await text(answer))).toBe('data: one\n\ndata: two\n\n');
  });

  it('a WebSocket passes, and one whose address holds an attack does not', async () => {
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(sockets, 'listening');
    sockets.on('connection', (socket) => socket.on('message', (message) => socket.send(message.toString())));
    const { port } = sockets.address() as { port: number };
    const gateway = await startGateway({
      defaults: { auth: 'none' },
      services: [{ name: 's', upstream: `http://127.0.0.1:${port}`, routes: [{ match: { path: '/*' } }] }],
      attackFilter: { mode: 'enforce' },
    });
    const address = gateway.url.replace('http', 'ws');
    const socket = new WebSocket(`${address}/socket`);
    const echo = await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send(SQL));
      socket.on('message', (message) => resolve(message.toString()));
      socket.on('error', reject);
    });
    expect(echo).toBe(SQL);
    socket.close();
    const refused = new WebSocket(`${address}/socket?q=${encodeURIComponent(SQL)}`);
    const status = await new Promise((resolve) => {
      refused.on('unexpected-response', (_, response) => resolve(response.statusCode));
      refused.on('error', () => {});
    });
    expect(status).toBe(403);
    sockets.close();
  });
});
