import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { compileSnapshot } from '../../../src/configuration/index.ts';
import { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { createWorkersGateway } from '../../../src/gateway/index.ts';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { callAlone, statusesOfAll } from './start-workers.ts';

const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** Two workers in this process; their threads as Node announces them. */
async function twoWorkers() {
  const threads: Worker[] = [];
  const notice = (thread: Worker) => threads.push(thread);
  process.on('worker', notice);
  onTestFinished(() => void process.off('worker', notice));
  const log: string[] = [];
  const dataDir = temporaryFolder();
  const upstream = await startUpstream((request, response) => {
    if (request.url === '/stream') response.write('first line\n');
    else response.end('ok');
  });
  const logger = createLogger('gateway', { write: (line) => void log.push(line) });
  const gateway = await createWorkersGateway({ dataDir, version: 'test', logger, workers: 2 });
  onTestFinished(() => gateway.drain(200));
  let revision = 0;
  const apply = (x: 'x' | 'y', services = {}) =>
    gateway.apply(
      compileSnapshot(
        GatewayConfig.parse({
          version: 1,
          server: {
            listen: ['127.0.0.1:0'],
            trustedProxies: ['127.0.0.1'],
            limits: { connectionsPerAddress: 1_000 },
          },
          bans: { mode: 'enforce', attempts: 3 },
          services: [
            {
              name: 's',
              upstream: upstream.url,
              routes: [
                { match: { path: `/${x}` }, auth: 'none' },
                { match: { path: '/stream' }, auth: 'none', concurrency: [{ key: 'route', max: 20 }] },
                { match: { path: '/secret' } },
              ],
              ...services,
            },
          ],
        }),
        { revision: ++revision, lock: null },
      ),
    );
  await apply('x');
  const port = Number(new URL(gateway.addresses()[0] ?? '').port);
  const knock = (path: string, more = '') =>
    statusesOfAll(many(20, () => callAlone(port, `GET ${path} HTTP/1.1\r\nConnection: close${more}`)));
  return { threads, gateway, port, apply, knock, log, dataDir, upstream };
}

it('a worker that dies is replaced, takes nobody with it, and gives back what it held', async () => {
  const { threads, gateway, port, knock, log, dataDir, apply } = await twoWorkers();
  const from = '\r\nX-Forwarded-For: 203.0.113.7';
  for (let i = 0; i < 4; i++) await callAlone(port, `GET /secret HTTP/1.1${from}\r\nX-API-Key: ${createApiKey()}`);
  await waitUntil(async () => (await knock('/x', from))[403] === 20);
  const streams = await Promise.all(many(20, () => callAlone(port, 'GET /stream HTTP/1.1')));
  expect((await callAlone(port, 'GET /stream HTTP/1.1\r\nConnection: close')).status).toBe(429);
  const before = await gateway.read();
  expect(before.activeRequests).toBe(20);
  await wait(1_100);

  await threads[1]?.terminate();
  await waitUntil(() => streams.some(({ socket }) => socket.destroyed || socket.closed));
  expect(gateway.isReady()).toBe(false);
  // The other one goes on meanwhile, and whoever comes anew meets it alone.
  expect((await callAlone(port, 'GET /x HTTP/1.1')).status).toBe(200);
  await waitUntil(() => gateway.isReady());
  expect(threads).toHaveLength(3);
  expect(log.join('')).toContain('"requestsLost":');

  const left = (await gateway.read()).activeRequests;
  expect(left).toBeLessThan(20);
  const again = await Promise.all(many(40, () => callAlone(port, 'GET /stream HTTP/1.1')));
  expect(again.filter(({ status }) => status === 200)).toHaveLength(20 - left);
  // What the dead one had counted stays counted, who was kept out stays out, its events go on without a hole.
  const after = await gateway.read();
  const total = ({ metrics }: typeof after) => metrics.series.reduce((sum, [, { count }]) => sum + count, 0);
  expect(total(after)).toBeGreaterThanOrEqual(total(before));
  expect(await knock('/x', from)).toEqual({ 403: 20 });
  expect(await knock('/x')).toEqual({ 200: 20 });
  await apply('y');
  expect(await knock('/y')).toEqual({ 200: 20 });
  expect(await knock('/x')).toEqual({ 404: 20 });
  await gateway.drain(200);
  for (const file of ['0000000000000001.ndjson', '0000000000000001-w1.ndjson']) {
    const lines = readFileSync(join(dataDir, 'spool', file), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual(lines.map((_, index) => index + 1));
  }
});

it('goes on when workers die one after the other, also while a configuration changes', async () => {
  const { threads, gateway, apply, knock } = await twoWorkers();
  for (let round = 0; round < 3; round++) {
    const dying = threads.at(-1)?.terminate();
    await apply(round % 2 === 0 ? 'y' : 'x');
    await dying;
    await waitUntil(() => gateway.isReady());
    expect(await knock(round % 2 === 0 ? '/y' : '/x')).toEqual({ 200: 20 });
    expect(await knock(round % 2 === 0 ? '/x' : '/y')).toEqual({ 404: 20 });
  }
});

it('when all die at once, all come back with the configuration in service', async () => {
  const { threads, gateway, knock } = await twoWorkers();
  await Promise.all(threads.map((thread) => thread.terminate()));
  await waitUntil(() => threads.length === 4 && gateway.isReady());
  expect(await knock('/x')).toEqual({ 200: 20 });
});
