import { expect, test } from 'vitest';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { compileSnapshot } from './index.ts';

type Filter = GatewayConfig['attackFilter'];

function filterOf(whole: Filter, service: Filter, route: Filter, methods = ['GET']) {
  const config: GatewayConfig = {
    version: 1,
    services: [
      {
        name: 'shop',
        upstream: 'http://127.0.0.1:3000',
        ...(service === undefined ? {} : { attackFilter: service }),
        routes: [{ match: { path: '/search', methods }, ...(route === undefined ? {} : { attackFilter: route }) }],
      },
    ],
    ...(whole === undefined ? {} : { attackFilter: whole }),
  };
  return compileSnapshot(config, { revision: 1, lock: null }).routes[0]?.attackFilter;
}

const DEFAULT = {
  ...{ mode: 'monitor', profile: 'balanced', fields: [], exclusions: [] },
  ...{ maxBodyBytes: 1_048_576, whenIncomplete: 'pass' },
};

test('watches by itself, and can be off', () => {
  expect(filterOf(undefined, undefined, undefined)).toEqual(DEFAULT);
  expect(filterOf({ mode: 'off' }, undefined, undefined)).toBeNull();
  expect(filterOf({ mode: 'off' }, {}, { profile: 'strict' })).toBeNull();
});

test('of each setting the nearest word counts', () => {
  expect(
    filterOf(
      { mode: 'enforce', profile: 'careful', maxBody: '2MiB', whenIncomplete: 'refuse' },
      { profile: 'strict', maxBody: '64KiB' },
      { maxBody: '1KiB' },
    ),
  ).toEqual({ ...DEFAULT, mode: 'enforce', profile: 'strict', maxBodyBytes: 1024, whenIncomplete: 'refuse' });
});

test('fields and exclusions add up, the nearest first; those of other routes and services are left out', () => {
  const end = { expires: '2027-01-01' } as const;
  const filter = filterOf(
    {
      fields: [{ place: 'query.*', holds: 'prose' }],
      exclusions: [
        { detector: 'any', field: 'query.all', ...end },
        { detector: 'sqli', field: 'query.here', service: 'shop', route: 'GET /search', ...end },
        { detector: 'sqli', field: 'query.elsewhere', route: 'POST /search', ...end },
        { detector: 'sqli', field: 'query.other', service: 'blog', ...end },
      ],
    },
    { exclusions: [{ detector: 'xss', field: 'query.service', ...end }] },
    {
      fields: [{ place: 'query.q', holds: 'code' }],
      exclusions: [{ detector: 'xss', field: 'query.route', expires: '2027-01-01T12:00:00Z' }],
    },
  );
  expect(filter?.fields.map(({ place }) => place)).toEqual(['query.q', 'query.*']);
  const date = Date.UTC(2027, 0, 2) - 1;
  expect(filter?.exclusions).toEqual([
    { detector: 'xss', field: 'query.route', expiresAt: Date.UTC(2027, 0, 1, 12) },
    { detector: 'xss', field: 'query.service', expiresAt: date },
    { detector: null, field: 'query.all', expiresAt: date },
    { detector: 'sqli', field: 'query.here', expiresAt: date },
  ]);
});
