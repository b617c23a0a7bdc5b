import { expect, it } from 'vitest';
import { EXCEPTABLE } from '../../../src/contracts/config/exception-config.ts';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { PIPELINE } from '../../../src/gateway/pipeline.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

type Exception = NonNullable<GatewayConfig['exceptions']>[number];

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const NOTE: Exception = { policy: 'validate', service: 'shop', route: 'POST /orders', expires: TOMORROW };

async function shop(exceptions: Exception[]) {
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"card":"4111111111111111"}');
  });
  const [web, till] = [keyFor('k1'), keyFor('k2')];
  const gateway = await startGateway({
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          {
            match: { path: '/orders', methods: ['POST'] },
            validate: {
              mode: 'enforce',
              body: {
                properties: { note: { type: 'string', maxLength: 5 }, count: { type: 'integer' } },
                additionalProperties: false,
              },
            },
          },
          { match: { path: '/orders', methods: ['GET'] } },
        ],
      },
    ],
    consumers: [
      { name: 'web', keys: [web.config] },
      { name: 'till', keys: [till.config] },
    ],
    responseGuard: { mode: 'enforce' },
    exceptions,
  });
  const post = async (body: unknown, key = web.secret) => {
    const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
    return (await fetch(`${gateway.url}/orders`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
  const get = async () => await (await fetch(`${gateway.url}/orders`, { headers: { 'X-API-Key': web.secret } })).text();
  const last = () => gateway.events().at(-1) as RequestEvent;
  return { post, get, last, till: till.secret };
}

const LONG = { note: 'too long a note' };

it('a refusal that is excepted passes, and the record says so', async () => {
  const { post, last } = await shop([NOTE]);
  expect(await post(LONG)).toBe(200);
  expect(last().decisions).toContainEqual(
    expect.objectContaining({ policy: 'validate', decision: 'excepted', code: 'input-invalid' }),
  );
});

it.each<[string, Partial<Exception>]>([
  ['another route', { route: 'GET /orders' }],
  ['another policy', { policy: 'ownership' }],
  ['another code', { code: 'body-malformed' }],
  ['another caller', { consumer: 'till' }],
  ['another address', { address: '203.0.113.9' }],
  ['another place', { places: ['body.count'] }],
  ['the past', { expires: '2020-01-01T00:00:00Z' }],
])('an exception for %s changes nothing', async (_, other) => {
  const { post } = await shop([{ ...NOTE, ...other }]);
  expect(await post(LONG)).toBe(422);
});

it('is as narrow as it says: its caller and its place alone', async () => {
  const { post, till } = await shop([{ ...NOTE, consumer: 'web', address: '127.0.0.1', places: ['body.note'] }]);
  expect(await post(LONG)).toBe(200);
  expect(await post(LONG, till)).toBe(422);
  expect(await post({ ...LONG, count: 'many' })).toBe(422);
  expect(await post({ count: 'many' })).toBe(422);
});

it('holds for answers too', async () => {
  const guarded = await shop([]);
  expect(await guarded.get()).toContain('************1111');
  const excepted = await shop([{ ...NOTE, policy: 'response-guard', route: 'GET /orders', code: 'answer-covered' }]);
  expect(await excepted.get()).toContain('4111111111111111');
});

it('never excepts who calls', async () => {
  const exception = { ...NOTE, policy: 'authenticate' } as unknown as Exception;
  await expect(shop([exception])).rejects.toThrow(/policy|Invalid/);
});

it('the record says where, in a way that an exception can name, and keeps the names that only the caller knows', async () => {
  const watched = await shop([]);
  expect(await watched.post({ note: 'too long a note', secretOfMine: 1 })).toBe(422);
  const { places } = watched.last().decisions.find(({ policy }) => policy === 'validate') ?? {};
  expect(places?.toSorted()).toEqual(['body.note', 'body.{…}']);
  const excepted = await shop([{ ...NOTE, places: places ?? [] }]);
  expect(await excepted.post({ note: 'too long a note', secretOfMine: 1 })).toBe(200);
  expect(await excepted.post({ note: 'too long a note', another: 1 })).toBe(200);
  expect(await excepted.post({ note: 'short', count: 'three' })).toBe(422);
});

it('every policy that can be excepted is one that asks', () => {
  const asking = new Set([...PIPELINE.map(({ id }) => id), 'response-guard', 'ownership-answer']);
  expect(EXCEPTABLE.filter((policy) => !asking.has(policy))).toEqual([]);
});
