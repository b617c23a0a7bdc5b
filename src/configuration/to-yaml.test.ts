import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { parseConfig } from './parse-config.ts';
import { toYaml } from './to-yaml.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,12}$/);
const scope = fc.constantFrom('orders:read', 'a', '#x', '-', 'null', '~', '1', '{a}', '*b', '!c', "'", 'yes:no');
const duration = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom('s', 'm', 'h'))
  .map(([n, unit]) => `${n}${unit}`);
const attribute = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.constantFrom('42', 'true', 'null', '2027-01-01', ' x ', 'a\nb', '\u0000', '# c', '\u2028', '0x1f'),
);
const optional = { requiredKeys: [] };

const route = fc.record(
  {
    match: fc.constant(undefined),
    auth: fc.constantFrom('required' as const, { any: ['apiKey' as const] }),
    scopes: fc.array(scope, { maxLength: 3 }),
    rateLimit: fc.array(
      fc.record({
        key: fc.constantFrom('address', 'consumer', 'body.a.b'),
        quota: fc.integer({ min: 1, max: 1e6 }),
        window: duration,
      }),
      { maxLength: 1 },
    ),
    mode: fc.constantFrom('off' as const, 'monitor' as const, 'enforce' as const),
    limits: fc.record({ body: fc.constantFrom('0B', '2GiB') }, optional),
  },
  optional,
);

const config = fc
  .record({
    server: fc.option(
      fc.record(
        {
          listen: fc.constant<string[]>([':80', '[::1]:8080']),
          https: fc.constantFrom('off' as const, 'self-signed' as const, { cert: 'a.pem', key: 'a.key' }),
          trustedProxies: fc.constant<string[]>(['10.0.0.0/8', '::/64']),
          limits: fc.record({ idle: duration, connectionsPerAddress: fc.integer({ min: 1, max: 99 }) }, optional),
        },
        optional,
      ),
      { nil: undefined },
    ),
    services: fc.uniqueArray(
      fc.record({ name, preserveHost: fc.boolean(), routes: fc.array(route, { maxLength: 4 }) }),
      { selector: (s) => s.name, maxLength: 4 },
    ),
    consumers: fc.uniqueArray(
      fc.record({
        name,
        attributes: fc.dictionary(
          fc.string({ minLength: 1, maxLength: 8 }).filter((k) => k !== '__proto__'),
          attribute,
          { maxKeys: 3 },
        ),
        scopes: fc.array(scope, { maxLength: 3 }),
        expires: fc.constantFrom('2027-01-01', '2027-01-01T00:00:00+02:00'),
      }),
      { selector: (c) => c.name, maxLength: 4 },
    ),
  })
  .map(
    ({ server, services, consumers }): GatewayConfig => ({
      version: 1,
      ...(server === undefined ? {} : { server }),
      services: services.map((service, s) => ({
        name: service.name,
        upstream: 'http://127.0.0.1:3000/x',
        preserveHost: service.preserveHost,
        routes: service.routes.map(({ match: _, ...rest }, r) => ({
          match: { path: `/s${s}/r${r}/{id}/*`, methods: ['GET'] },
          ...rest,
        })),
      })),
      consumers: consumers.map(({ expires, ...consumer }, c) => ({
        ...consumer,
        keys: [{ id: 'k', hash: `sha256:${c.toString(16).padStart(64, '0')}`, expires }],
      })),
    }),
  );

test('what is written can be read back to the same', () => {
  fc.assert(
    fc.property(config, (value) => {
      const result = parseConfig(toYaml(value));
      if ('faults' in result) throw new Error(JSON.stringify(result.faults));
      expect(result.config).toEqual(value);
    }),
    { numRuns: 300 },
  );
});
