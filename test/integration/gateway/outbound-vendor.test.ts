import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LookupAll } from '../../../src/platform/http/guarded-lookup.ts';
import { createAuthority } from '../../fixtures/certificates.ts';
import { type FakeVendor, startVendor, VENDOR_NAME } from '../../fixtures/fake-vendor.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { STRIPE_KEY, startOutbound } from './outbound-start.ts';

const ask = async (port: number, key: string, path = '/v1/x', init: RequestInit = {}) => {
  const headers = { authorization: `Bearer ${key}`, ...init.headers };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init, headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, code: /"code":"([a-z-]+)"/.exec(text)?.[1] };
};

const quiet = () => startVendor((_call, response) => void response.end('{}'));
const leadsTo =
  (...addresses: string[]): LookupAll =>
  (_name, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('where a vendor’s name leads', () => {
  const inside = [
    ['127.0.0.1'],
    ['10.0.0.8'],
    ['192.168.1.1'],
    ['172.16.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['::1'],
    ['fd00:ec2::254'],
    ['fe80::1'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['203.0.113.9', '127.0.0.1'],
  ];
  test.each(inside)('%s %s is not called', async (...addresses) => {
    const vendor = await quiet();
    const lookup = leadsTo(...addresses.filter((address) => address !== undefined));
    const { own, shop, events } = await startOutbound(vendor, { allowPrivate: false }, { vendorLookup: lookup });
    expect(await ask(own, shop)).toMatchObject({ status: 502, code: 'vendor-address-refused' });
    expect(vendor.calls).toEqual([]);
    expect(events()).toMatchObject([{ code: 'vendor-address-refused', direction: 'outbound' }]);
  });

  test('a private one may be called where that is said, a cloud’s metadata service never', async () => {
    const vendor = await quiet();
    const { own, shop } = await startOutbound(vendor, {}, { vendorLookup: leadsTo('169.254.169.254') });
    expect(await ask(own, shop)).toMatchObject({ code: 'vendor-address-refused' });
  });

  test('a name that turns around after the first connection is judged anew (DNS rebinding)', async () => {
    const vendor = await startVendor((_call, response) => void response.setHeader('connection', 'close').end('{}'));
    const answers = ['127.0.0.1', '169.254.169.254'];
    const lookup: LookupAll = (name, options, done) =>
      leadsTo(answers.shift() ?? '169.254.169.254')(name, options, done);
    const { own, shop } = await startOutbound(vendor, {}, { vendorLookup: lookup });
    expect(await ask(own, shop)).toMatchObject({ status: 200 });
    expect(await ask(own, shop)).toMatchObject({ status: 502, code: 'vendor-address-refused' });
    expect(vendor.calls).toHaveLength(1);
  });

  test.each(['127.0.0.1:443', '[::1]:443', '10.1.2.3', '169.254.169.254'])(
    'the address %s is refused with the configuration',
    async (host) => {
      const vendor = await quiet();
      await expect(startOutbound({ ...vendor, host }, { allowPrivate: false })).rejects.toMatchObject({
        code: 'vendor-private',
      });
    },
  );
});

describe('the vendor’s certificate', () => {
  test.each<[string, (vendor: FakeVendor) => object, string[], object]>([
    ['of another authority', () => ({ ca: join(createAuthority().folder, 'root.pem') }), [VENDOR_NAME], {}],
    ['for another name', () => ({}), ['other.vendor.test'], {}],
    [
      'over TLS 1.1',
      () => ({}),
      [VENDOR_NAME],
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    ],
  ])('%s is not believed', async (_name, entry, names, tls) => {
    const vendor = await startVendor((_call, response) => void response.end('{}'), { names, tls });
    const { own, shop } = await startOutbound(vendor, entry(vendor));
    expect((await ask(own, shop)).status).toBe(502);
    expect(vendor.calls).toEqual([]);
  });
});

describe('answers', () => {
  const locations = [
    ['https://169.254.169.254/latest/meta-data', null],
    ['http://127.0.0.1:9/', null],
    ['//evil.example/x', null],
    ['https://api.vendor.test.evil.example/', null],
    ['https://api.vendor.test@evil.example/', null],
    ['http://{HOST}/v1/plain', null],
    ['javascript:alert(1)', null],
    ['https://{HOST}/v1/next?a=1', '/v1/next?a=1'],
    ['/v1/next', '/v1/next'],
    ['next', '/v1/next'],
  ] as const;
  test.each(locations)('a redirect to %s leads to %s', async (location, wanted) => {
    const vendor: FakeVendor = await startVendor((_call, response) => {
      response
        .writeHead(302, { location: location.replace('{HOST}', vendor.host), refresh: '0; url=https://evil.example' })
        .end();
    });
    const { own, shared, shop } = await startOutbound(vendor);
    const answer = await ask(own, shop);
    expect([answer.status, answer.headers.get('location'), answer.headers.get('refresh')]).toEqual([302, wanted, null]);
    const shared302 = await ask(shared, shop, '/stripe/v1/x');
    expect(shared302.headers.get('location')).toBe(wanted === null ? null : `/stripe${wanted}`);
    expect(vendor.calls).toHaveLength(2);
  });

  test('the vendor’s key is masked in header fields, cookies pass, its own security policy does not', async () => {
    const vendor = await startVendor(({ headers }, response) => {
      const echo = String(headers.authorization);
      response.writeHead(200, {
        'x-echo': echo,
        'set-cookie': ['a=1', 'b=2'],
        'strict-transport-security': 'max-age=9',
      });
      response.end();
    });
    const { own, shop } = await startOutbound(vendor);
    const { headers } = await ask(own, shop);
    expect(headers.get('x-echo')).toBe('Bearer ***');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('bodies go through byte for byte, of known and of unknown length', async () => {
    const vendor = await startVendor((call, response) => void response.end(call.body));
    const { own, shop } = await startOutbound(vendor, { allow: ['POST /v1/files'] });
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256));
    const known = await fetch(`http://127.0.0.1:${own}/v1/files`, {
      method: 'POST',
      body: bytes,
      headers: { 'x-api-key': shop },
    });
    expect(Buffer.from(await known.arrayBuffer()).equals(bytes)).toBe(true);
    const stream = new Blob([bytes]).stream();
    const init = { method: 'POST', body: stream, duplex: 'half', headers: { 'x-api-key': shop } } as RequestInit;
    const chunked = await fetch(`http://127.0.0.1:${own}/v1/files`, init);
    expect(Buffer.from(await chunked.arrayBuffer()).equals(bytes)).toBe(true);
    expect(vendor.calls[1]?.headers['transfer-encoding']).toBe('chunked');
  });

  test('a POST that the vendor reads and does not answer is sent once', async () => {
    const vendor = await startVendor((_call, response) => void response.socket?.destroy());
    const { own, shop } = await startOutbound(vendor);
    const init = { method: 'POST', headers: { 'idempotency-key': 'k1' } };
    expect(await ask(own, shop, '/v1/payment_intents', init)).toMatchObject({ status: 502, code: 'upstream-failed' });
    expect(vendor.calls).toHaveLength(1);
  });
});

describe('the vendor’s key', () => {
  test.each([
    ['bearer', 'authorization', `Bearer ${STRIPE_KEY}`],
    ['basic', 'authorization', `Basic ${Buffer.from(`${STRIPE_KEY}:`).toString('base64')}`],
    [{ header: 'X-Vendor-Key' }, 'x-vendor-key', STRIPE_KEY],
    [{ header: 'Authorization', prefix: 'token ' }, 'authorization', `token ${STRIPE_KEY}`],
  ] as const)('goes out as %o, alone', async (inject, name, value) => {
    const vendor = await quiet();
    const { own, shop } = await startOutbound(vendor, { inject });
    await ask(own, shop, '/v1/x', {
      headers: { 'x-vendor-key': 'mine', X_Vendor_Key: 'mine' } as Record<string, string>,
    });
    const [sent] = vendor.calls;
    expect(sent?.headers[name]).toBe(value);
    expect(JSON.stringify(sent?.raw).split('mine')).toHaveLength(name === 'x-vendor-key' ? 1 : 3);
  });

  test('goes out in the query, in the place of what the caller wrote there', async () => {
    const vendor = await quiet();
    const { own, shop } = await startOutbound(vendor, { inject: { query: 'key' } });
    await ask(own, shop, '/v1/x?a=%20b&key=mine&KEY=mine&k%65y=mine&b=1;key=mine');
    expect(vendor.calls[0]?.url).toBe(`/v1/x?a=%20b&key=${STRIPE_KEY}`);
  });

  test('from a file is read when the configuration is put into service', async () => {
    const file = join(temporaryFolder(), 'key');
    writeFileSync(file, `${STRIPE_KEY}\n`);
    const vendor = await quiet();
    const { own, shop, apply, config } = await startOutbound(vendor, { secret: { file } });
    await ask(own, shop);
    writeFileSync(file, 'sk_new_key_of_this_vendor');
    await apply(config);
    await ask(own, shop);
    expect(vendor.calls.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${STRIPE_KEY}`,
      'Bearer sk_new_key_of_this_vendor',
    ]);
  });

  test.each<[string, () => string, string]>([
    ['missing', () => 'UNSET_STRIPE_KEY', 'secret-missing'],
    ['with a line break and another header', () => 'BROKEN_STRIPE_KEY', 'secret-unusable'],
  ])('%s: the configuration is refused by the place’s name, never its value', async (_name, env, code) => {
    process.env.BROKEN_STRIPE_KEY = 'sk_live_1\r\nX-Admin: yes';
    onTestFinished(() => void delete process.env.BROKEN_STRIPE_KEY);
    const failure: unknown = await startOutbound(await quiet(), { secret: { env: env() } }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code, message: expect.stringContaining(env()) });
    expect(String(failure)).not.toContain('sk_live_1');
  });
});

test('a front door and its paths are no way to a vendor, and the other way round', async () => {
  const vendor = await quiet();
  const api = createServer((_request, response) => response.end('api')).listen(0, '127.0.0.1');
  onTestFinished(() => void api.close().closeAllConnections());
  const { port, apply, config, shop, shared } = await startOutbound(vendor);
  const upstream = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const services = [{ name: 'shop', upstream, routes: [{ match: { path: '/orders' } }] }];
  await apply({ ...config, services });
  expect(await ask(port, shop, '/stripe/v1/x')).toMatchObject({ status: 404, code: 'route-unknown' });
  expect(await ask(shared, shop, '/orders')).toMatchObject({ status: 404, code: 'vendor-unknown' });
  expect((await ask(port, shop, '/orders')).text).toBe('api');
  expect(vendor.calls).toEqual([]);
});

test('the emergency lock closes the vendors’ door, as a whole or by the name of a route, even when a key’s file is gone', async () => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'key');
  writeFileSync(file, STRIPE_KEY);
  const vendor = await quiet();
  const { own, shop, apply, config } = await startOutbound(vendor, { secret: { file } });
  const lock = { since: 1, message: 'Back soon.', routes: ['stripe GET /v1/*'], allowConsumers: [] };
  await apply(config, lock);
  expect(await ask(own, shop)).toMatchObject({ status: 503, code: 'locked' });
  expect(await ask(own, shop, '/v1/payment_intents', { method: 'POST' })).toMatchObject({ status: 200 });
  writeFileSync(file, '');
  await apply(config, { ...lock, routes: 'all' });
  expect(await ask(own, shop, '/v1/payment_intents', { method: 'POST' })).toMatchObject({ code: 'locked' });
  expect(vendor.calls).toHaveLength(1);
});
