import { expect, it } from 'vitest';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from '../gateway/start-gateway.ts';

const OWNER = '198.51.100.7';
const OWNER_V6 = '2001:db8:1:2::7';

/** Allow-listed owner banned (BunkerWeb#275 and others): the allow list is looked at before any ban. */
it('an owner on the allow list is never banned, however wrong the keys, the paths and the passwords', async () => {
  const upstream = await startUpstream((request, response) => {
    response.statusCode = request.url === '/login' ? 401 : 200;
    request.resume().on('end', () => response.end());
  });
  const key = keyFor();
  const loginProtection = { perAddress: 10_000, perAccount: 10_000 };
  const config = {
    server: { trustedProxies: ['127.0.0.1'] },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [
          { match: { path: '/open' }, auth: 'none' as const },
          { match: { path: '/login' }, auth: 'none' as const, loginProtection },
          { match: { path: '/keyed' } },
        ],
      },
    ],
    consumers: [{ name: 'c', keys: [key.config] }],
    bans: { mode: 'enforce' as const, attempts: 3 },
  };
  // Both are within a network that is denied as a whole, too.
  const blocklist = { deny: ['198.51.100.0/25', '2001:db8:1::/48'], allow: [OWNER, '2001:db8:1:2::/64'] };
  const gateway = await startGateway({ ...config, blocklist });
  const call = async (address: string, path: string, secret?: string, method = 'GET') => {
    const headers = { 'X-Forwarded-For': address, ...(secret === undefined ? {} : { 'X-API-Key': secret }) };
    return (await fetch(gateway.url + path, { method, headers })).status;
  };
  const misbehave = async (address: string) => {
    for (let i = 0; i < 20; i++) {
      await call(address, '/keyed', createApiKey());
      await call(address, '/login', undefined, 'POST');
      await call(address, '/a%2fb');
    }
  };
  for (const address of [OWNER, OWNER_V6, '203.0.113.5']) await misbehave(address);
  expect(await call(OWNER, '/open')).toBe(200);
  expect(await call(OWNER_V6, '/open')).toBe(200);
  expect(await call('203.0.113.5', '/open')).toBe(403);
  expect(gateway.gateway.bans()).toMatchObject([{ address: '203.0.113.5' }]);

  // Whoever was banned first and is put on the list afterwards is let in by that.
  await gateway.apply({ ...config, blocklist: { ...blocklist, allow: [...blocklist.allow, '203.0.113.5'] } });
  expect(await call('203.0.113.5', '/open')).toBe(200);
});
