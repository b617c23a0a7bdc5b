import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { freePort } from '../../fixtures/free-port.ts';
import { startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startLoad } from './load.ts';
import { readEvents } from './start-gateway.ts';

it('stops at 500 requests/s without losing one: each is answered, or was never taken', async () => {
  const upstream = await startUpstream((_, response) => void setTimeout(() => response.end('ok'), 30));
  const folder = temporaryFolder();
  const [port, admin] = [await freePort(), await freePort()];
  const config = join(folder, 'nightlatch.yaml');
  const services = [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }];
  writeFileSync(config, JSON.stringify({ version: 1, server: { listen: [`127.0.0.1:${port}`] }, services }));
  const data = join(folder, 'data');
  const args = ['gateway', '--config', config, '--data', data, '--admin', `127.0.0.1:${admin}`];
  const start = async () => {
    const gateway = startNightlatch(args);
    await gateway.says('Health and metrics', 15_000);
    return gateway;
  };
  const first = await start();
  const load = startLoad(`http://127.0.0.1:${port}/`, {}, { connections: 40, perSecond: 500 });
  await waitUntil(() => load.result.answered.length > 500);
  const stopping = first.end('SIGTERM');
  await wait(100);
  // Load balancers see it while requests are still answered.
  expect((await fetch(`http://127.0.0.1:${admin}/readyz`)).status).toBe(503);
  expect(load.result.failed).toEqual([]);
  expect((await stopping).code).toBe(0);
  // Between two lives nobody listens: a connection that is refused has lost nothing, and may be tried again.
  const second = await start();
  const then = load.result.answered.length;
  await waitUntil(() => load.result.answered.length > then + 300);
  const { answered, failed } = await load.stop();
  // A connection that the system had queued and the gateway never took is reset when the address closes.
  const kinds = new Set(failed.map((error) => error.replace(/ 127\.0\.0\.1:\d+/, '')));
  expect(['Error: connect ECONNREFUSED', 'Error: read ECONNRESET']).toEqual(expect.arrayContaining([...kinds]));
  expect(failed.filter((error) => error.includes('ECONNRESET')).length).toBeLessThan(10);
  expect(answered.every(({ status }) => status === 200)).toBe(true);
  expect(upstream.requests.length).toBe(answered.length);
  expect((await second.end('SIGTERM')).code).toBe(0);
  expect(readEvents(data).filter((event) => event.type === 'request')).toHaveLength(answered.length);
});
