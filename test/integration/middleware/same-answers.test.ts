import { readFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeLock } from '../../../src/app/gateway-role/lock-file.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, readEvents, startGateway } from '../gateway/start-gateway.ts';
import { STACKS, startStack } from './stacks.ts';

type Case = {
  name: string;
  method?: string;
  path: string;
  key?: keyof typeof keys;
  bearer?: keyof typeof keys;
  headers?: Record<string, string | string[]>;
  json?: unknown;
  text?: string;
  type?: string;
  chunked?: boolean;
  expect: [number, string?];
};

const cases = parse(readFileSync(join(import.meta.dirname, 'testdata', 'requests.yaml'), 'utf8')) as Case[];
const good = keyFor('good');
const weak = keyFor('weak', { scopes: ['orders:read'] });
const expired = keyFor('expired', { expires: '2020-01-01' });
const keys = {
  good: good.secret,
  weak: weak.secret,
  expired: expired.secret,
  unknown: keyFor().secret,
  mistyped: `${good.secret.slice(0, -1)}?`,
};
const LARGE = JSON.stringify({ item: 'x'.repeat(3000), count: 1 });
const lock = { since: 0, message: 'Back at noon.', routes: ['GET /closed'], allowConsumers: [] };

const order = {
  type: 'object',
  required: ['item', 'count'],
  additionalProperties: false,
  properties: { item: { type: 'string' }, count: { type: 'integer' } },
};

function config(upstream?: string) {
  return {
    version: 1 as const,
    server: { trustedProxies: ['127.0.0.1'] },
    blocklist: { deny: ['203.0.113.9'] },
    responseGuard: {
      mode: 'enforce' as const,
      cards: 'mask' as const,
      secrets: 'block' as const,
      errors: 'block' as const,
    },
    services: [
      {
        name: 'shop',
        ...(upstream === undefined ? {} : { upstream }),
        routes: [
          { match: { path: '/orders/{id}', methods: ['GET' as const] } },
          { match: { path: '/orders/{id}', methods: ['DELETE' as const] }, scopes: ['orders:write'] },
          {
            match: { path: '/orders', methods: ['POST' as const] },
            validate: { mode: 'enforce' as const, body: order },
            limits: { body: '2KiB' },
          },
          { match: { path: '/mine/{shop}' }, ownership: { param: 'shop', equals: 'consumer.name' } },
          { match: { path: '/counted' }, rateLimit: [{ key: 'consumer' as const, quota: 2, window: '60s' }] },
          {
            match: { path: '/login', methods: ['POST' as const] },
            auth: 'none' as const,
            rateLimit: [{ key: 'body.email', quota: 1, window: '15m' }],
          },
          { match: { path: '/closed', methods: ['GET' as const] } },
          { match: { path: '/watched' }, mode: 'monitor' as const },
          {
            match: { path: '/open/*' },
            auth: 'none' as const,
            attackFilter: { mode: 'enforce' as const, maxBody: '1KiB' },
          },
        ],
      },
    ],
    consumers: [
      { name: 'web-shop', scopes: ['orders:read', 'orders:write'], keys: [good.config, weak.config, expired.config] },
    ],
  };
}

/** The application: the same behind the gateway and around the guard. */
const ANSWERS: Record<string, [number, string]> = {
  '/open/card': [200, 'paid with 4111 1111 1111 1111'],
  '/open/secret': [200, `key ${['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')}`],
  '/open/trace': [500, 'Error: no\n    at charge (/srv/app/pay.js:12:5)\n    at run (/srv/app/main.js:3:1)'],
};

function answer(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) {
  const [status, body] = ANSWERS[request.url ?? ''] ?? [200, `${request.method} ${request.url}`];
  response.writeHead(status, { 'Content-Type': 'text/plain', Server: 'shop/1.0', 'X-Request-Id': 'of the app' });
  response.end(body);
}

type Said = { status: number; headers: Record<string, unknown>; body: string; code: string | undefined };

function ask(url: string, one: Case): Promise<Said> {
  const body = one.json === undefined ? (one.text === 'LARGE' ? LARGE : one.text) : JSON.stringify(one.json);
  const type = one.type ?? (one.json === undefined ? undefined : 'application/json');
  const headers: string[] = [];
  const add = (name: string, value: string | string[]) => {
    for (const each of Array.isArray(value) ? value : [value]) headers.push(name, each);
  };
  if (one.headers?.Host === undefined) add('Host', new URL(url).host);
  if (one.key !== undefined) add('X-API-Key', keys[one.key]);
  if (one.bearer !== undefined) add('Authorization', `Bearer ${keys[one.bearer]}`);
  if (type !== undefined) add('Content-Type', type);
  if (body !== undefined && one.chunked !== true) add('Content-Length', String(Buffer.byteLength(body)));
  if (one.chunked === true) add('Transfer-Encoding', 'chunked');
  for (const [name, value] of Object.entries(one.headers ?? {})) add(name, value);
  if (one.method === 'POST' && body === undefined) add('Content-Length', '0');
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      { method: one.method ?? 'GET', path: one.path.replace('GOOD', keys.good), headers, agent: false },
      (response) => {
        textOf(response).then((text) => {
          const problem = response.headers['content-type'] === 'application/problem+json';
          const { code, reference, ...rest } = problem ? JSON.parse(text) : { code: undefined, reference: undefined };
          if (problem) expect(reference).toBe(response.headers['x-request-id']);
          const { ratelimit, ...others } = response.headers;
          for (const name of OF_THE_CONNECTION) delete others[name];
          const headers = {
            ...others,
            'x-request-id': typeof others['x-request-id'],
            ratelimit: String(ratelimit).replace(/t=\d+/, 't'),
          };
          resolve({ status: response.statusCode ?? 0, headers, body: problem ? JSON.stringify(rest) : text, code });
        }, reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** How long an answer is said to be is left to whoever sends it; when it was sent and what becomes of its connection as well. */
const OF_THE_CONNECTION = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'];

/** The durations that differ from run to run. */
const steady = (said: Said) => ({ ...said, headers: { ...said.headers, 'retry-after': undefined } });

async function outcomes(url: string): Promise<Said[]> {
  const all: Said[] = [];
  for (const one of cases) all.push(steady(await ask(url, one)));
  return all;
}

async function throughGateway() {
  const upstream = await startUpstream(answer);
  const gateway = await startGateway({ services: [] });
  await gateway.apply(config(upstream.url) as Parameters<typeof gateway.apply>[0], lock as never);
  return { said: await outcomes(gateway.url), events: gateway.events() };
}

/** What an event says but for its own time, id and place. */
const gist = (events: ReturnType<typeof readEvents>) =>
  events.map((event) =>
    event.type === 'request'
      ? { ...event, seq: 0, id: '', time: '', durationMs: 0, upstreamMs: 0, revision: 0, bytesIn: 0 }
      : event,
  );

describe('the same requests get the same answers', () => {
  it('covers at least 30 requests, and each does what its line says', async () => {
    expect(cases.length).toBe(55);
    const { said } = await throughGateway();
    expect(said.map(({ status, code }, i) => [cases[i]?.name, status, code])).toEqual(
      cases.map(({ name, expect: [status, code] }) => [name, status, code]),
    );
  });

  it.each(STACKS)('through %s as through the gateway, with the same record', async (name) => {
    const gateway = await throughGateway();
    const dataDir = temporaryFolder();
    writeLock(dataDir, lock as Parameters<typeof writeLock>[1]);
    const stack = await startStack(name, { config: config(), dataDir }, answer);
    const said = await outcomes(stack.url);
    for (const [i, one] of cases.entries()) expect(said[i], one.name).toEqual(gateway.said[i]);
    expect(said.length).toBe(cases.length);
    expect(gist(readEvents(dataDir))).toEqual(gist(gateway.events));
  });
});
