import { expect, it, onTestFinished } from 'vitest';
import { compileSnapshot } from '../../../src/configuration/index.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { openGatewayMemory } from '../../../src/gateway/gateway-memory.ts';
import { createGateway } from '../../../src/gateway/index.ts';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';

/** Two gateways as two workers of a process would run them: each with its own listener, with one memory of counts. */
async function twoWorkers() {
  const upstream = await startUpstream();
  const memory = openGatewayMemory(temporaryFolder(), systemClock, createLogger('gateway'));
  const config = GatewayConfig.parse({
    version: 1,
    server: { listen: ['127.0.0.1:0'], trustedProxies: ['127.0.0.1'], limits: { connectionsPerAddress: 1_000 } },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [
          { match: { path: '/x' }, auth: 'none', rateLimit: [{ key: 'route', quota: 100, window: '1m' }] },
          { match: { path: '/y' } },
        ],
      },
    ],
    bans: { mode: 'enforce', attempts: 5 },
  });
  const gateways = await Promise.all(
    [0, 1].map(async (number) => {
      const dataDir = temporaryFolder();
      const logger = createLogger('gateway');
      const gateway = await createGateway({ dataDir, version: 'test', logger, worker: { number, memory } });
      onTestFinished(() => gateway.drain(100));
      await gateway.apply(compileSnapshot(config, { revision: 1, lock: null }));
      return gateway;
    }),
  );
  return { upstream, gateways };
}

it('two workers let exactly the quota of 200 callers at once through together', async () => {
  const { upstream, gateways } = await twoWorkers();
  const urls = gateways.map((gateway) => `${gateway.addresses()[0]}/x`);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => fetch(urls[i % 2] ?? '')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(100);
  expect(upstream.requests).toHaveLength(100);
});

it('who guesses at both of them is kept out by both, and let in again by both', async () => {
  const { gateways } = await twoWorkers();
  const [first, second] = gateways.map((gateway) => `${gateway.addresses()[0]}/y`);
  const call = async (url = '', key = createApiKey()) =>
    (await fetch(url, { headers: { 'X-API-Key': key, 'X-Forwarded-For': '203.0.113.7' } })).status;
  for (let i = 0; i < 3; i++) for (const url of [first, second]) expect(await call(url)).toBe(401);
  await waitUntil(() => gateways.every((gateway) => gateway.bans().length === 1));
  expect([await call(first), await call(second)]).toEqual([403, 403]);
});
