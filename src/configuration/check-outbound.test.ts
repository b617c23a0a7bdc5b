import { expect, test } from 'vitest';
import { compileSnapshot } from './compile-snapshot.ts';
import { parseConfig } from './parse-config.ts';
import { toYaml } from './to-yaml.ts';

const KEY = 'sk_live_51Nightlatch';
const withVendor = (entry: string, rest = '') =>
  `version: 1\n${rest}services: []\nconsumers: [{ name: web }]\noutbound:\n  - { name: stripe, ${entry} }\n`;
const GOOD = 'host: api.stripe.com, secret: { env: STRIPE_KEY }, allow: ["GET /v1/*"], consumers: [web]';

test.each([
  `host: api.stripe.com, secret: ${KEY}, allow: ["GET /*"], consumers: [web]`,
  `host: api.stripe.com, secret: { env: ${KEY} }, allow: ["GET /*"], consumers: [web]`,
  `host: "u:${KEY}@api.stripe.com", secret: { env: A }, allow: ["GET /*"], consumers: [web]`,
])('a key that was written into the configuration is refused and never repeated: %s', (entry) => {
  const result = parseConfig(withVendor(entry));
  expect('faults' in result && result.faults).toHaveLength(1);
  expect(JSON.stringify(result)).not.toContain(KEY);
});

test('a secret that is missing where the file is checked is a fault with its line, and its value is never asked for', () => {
  const result = parseConfig(withVendor(GOOD), { hasSecret: () => false });
  expect(result).toMatchObject({
    faults: [{ line: 5, code: 'secret-missing', message: expect.stringContaining('STRIPE_KEY') }],
  });
  expect(parseConfig(withVendor(GOOD), { hasSecret: () => true })).toMatchObject({ warnings: [] });
});

test.each([
  ['server: { outboundListen: [":8081"] }\n', GOOD, 'outbound-exposed'],
  ['', `${GOOD}, listen: "192.168.1.5:8082"`, 'outbound-exposed'],
  ['', `${GOOD}, insecure: true`, 'outbound-insecure'],
])('%s%s comes with a warning', (rest, entry, code) => {
  expect(parseConfig(withVendor(entry, rest))).toMatchObject({ warnings: [{ code }] });
});

test.each([
  [GOOD, [[8081, null]]],
  [`${GOOD}, listen: "127.0.0.1:9000"`, [[9000, 'stripe']]],
])('%s is reached at %o', (entry, wanted) => {
  const result = parseConfig(withVendor(entry));
  if ('faults' in result) throw new Error('refused');
  const { server } = compileSnapshot(result.config, { revision: 1, lock: null });
  const doors = server.listen.flatMap(({ port, outbound }) =>
    outbound === undefined ? [] : [[port, outbound.vendor]],
  );
  expect(doors).toEqual(wanted);
});

test('without vendors there is no vendors’ door', () => {
  const result = parseConfig('version: 1\nserver: { outboundListen: ["127.0.0.1:8081"] }\nservices: []\n');
  if ('faults' in result) throw new Error('refused');
  expect(compileSnapshot(result.config, { revision: 1, lock: null }).server.listen).toHaveLength(1);
});

test('a vendor survives being written out and read back', () => {
  const entry = `${GOOD}, inject: { header: X-Key, prefix: "k " }, limits: { perDay: 5, spendPerDay: { on: ["GET /v1/*"], most: { eur: 5 } } }`;
  const result = parseConfig(withVendor(entry));
  if ('faults' in result) throw new Error('refused');
  expect(parseConfig(toYaml(result.config))).toMatchObject({ config: result.config });
});
