import { expect, test } from 'vitest';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import { exceptionFor } from './exception-for.ts';

const call = (some: Partial<ActivityDetail>): ActivityDetail => ({
  ...{ cursor: 'a.b', id: '01A', time: '2026-01-05T09:00:00.000Z', direction: 'inbound', service: 'shop' },
  ...{ route: 'POST /orders', method: 'POST', path: '/orders', status: 422, code: 'input-invalid' },
  ...{ consumer: 'web-shop', key: 'k', address: '203.0.113.7', bytesIn: 1, bytesOut: 1, durationMs: 1 },
  ...{ upstreamMs: null, would: false, decisions: [], personal: {}, revision: 1, gateway: 'gw', aborted: null },
  ...{ neededScopes: [], keyScopes: [], similarLastDay: 0, ended: null },
  ...some,
});
const wrong: ActivityDetail['decisions'][number] = {
  ...{ policy: 'validate', decision: 'deny', code: 'input-invalid' },
  places: ['body.note'],
};

test('as narrow as the call: its caller, its rule, its reason, its places', () => {
  expect(exceptionFor(call({ decisions: [{ policy: 'authenticate', decision: 'allow' }, wrong] }))).toEqual({
    ...{ policy: 'validate', service: 'shop', route: 'POST /orders', code: 'input-invalid' },
    ...{ consumer: 'web-shop', places: ['body.note'] },
  });
});

test('a stranger is known by the address', () => {
  const { address, consumer } = exceptionFor(call({ consumer: null, decisions: [wrong] })) ?? {};
  expect([address, consumer]).toEqual(['203.0.113.7', undefined]);
});

test.each<[string, Partial<ActivityDetail>]>([
  ['a missing key', { decisions: [{ policy: 'authenticate', decision: 'deny', code: 'key-missing' }] }],
  ['a ban', { decisions: [{ policy: 'bans', decision: 'deny', code: 'address-banned' }] }],
  ['a body that cannot be read', { decisions: [{ ...wrong, code: 'body-malformed' }] }],
  ['no route', { route: null, decisions: [wrong] }],
  ['a call to a vendor', { direction: 'outbound', decisions: [wrong] }],
  ['what was let through already', { decisions: [{ ...wrong, decision: 'excepted' }] }],
])('no exception for %s', (_, some) => {
  expect(exceptionFor(call(some))).toBeNull();
});
