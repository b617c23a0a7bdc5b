import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../fixtures/free-port.ts';
import { startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startLoad } from './load.ts';
import { keyFor, readEvents } from './start-gateway.ts';

const key = keyFor();

async function setUp(dataDir?: string) {
  const upstream = await startUpstream((_, response) => response.end('{"ok":true}'));
  const folder = temporaryFolder();
  const port = await freePort();
  const config = join(folder, 'nightlatch.yaml');
  const write = (marker: string) =>
    writeFileSync(
      config,
      JSON.stringify({
        version: 1,
        server: { listen: [`127.0.0.1:${port}`] },
        services: [{ name: marker, upstream: upstream.url, routes: [{ match: { path: '/*' } }] }],
        consumers: [{ name: 'c', keys: [key.config] }],
      }),
    );
  write('first');
  const data = dataDir ?? join(folder, 'data');
  const args = ['gateway', '--config', config, '--data', data, '--admin', '127.0.0.1:0'];
  const start = async () => {
    const gateway = startNightlatch(args);
    await gateway.says('is in service', 15_000);
    return gateway;
  };
  return { url: `http://127.0.0.1:${port}/x`, data, start, write, upstream };
}

it('has every answered request in its log after kill -9 under load, three times over', async () => {
  const { url, data, start } = await setUp();
  const answered = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const gateway = await start();
    const load = startLoad(url, { 'X-API-Key': key.secret }, { connections: 24, perSecond: 100_000 });
    await waitUntil(() => load.result.answered.length > 1_500, 30_000);
    await gateway.end('SIGKILL');
    for (const { id } of (await load.stop()).answered) answered.add(id);
  }
  const events = readEvents(data);
  const recorded = new Set(events.map((event) => ('id' in event ? event.id : '')));
  expect([...answered].filter((id) => !recorded.has(id))).toEqual([]);
  expect(answered.size).toBeGreaterThan(4_500);
  // Numbered without holes, and none twice, over all three lives.
  expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
});

it('loses no request while its configuration changes under load', async () => {
  const { url, start, write, upstream } = await setUp();
  const gateway = await start();
  const load = startLoad(url, { 'X-API-Key': key.secret }, { connections: 16, perSecond: 1_000 });
  for (let i = 0; i < 10; i++) {
    await wait(300);
    write(`revision-${i}`);
    gateway.child.kill('SIGHUP');
  }
  await wait(300);
  const { answered, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered.filter(({ status }) => status !== 200)).toEqual([]);
  expect(answered.length).toBeGreaterThan(500);
  expect(upstream.requests.length).toBe(answered.length);
  expect((await gateway.end('SIGTERM')).code).toBe(0);
});

it('drains: what is under way ends well, what comes later is not taken', async () => {
  const { url, start, upstream } = await setUp();
  const gateway = await start();
  const load = startLoad(url, { 'X-API-Key': key.secret }, { connections: 8, perSecond: 2_000 });
  await waitUntil(() => load.result.answered.length > 200);
  const ended = await gateway.end('SIGTERM');
  const { answered } = await load.stop();
  expect(ended.code).toBe(0);
  expect(answered.every(({ status }) => status === 200)).toBe(true);
  // Nothing reached the upstream whose answer the caller did not get.
  expect(upstream.requests.length).toBe(answered.length);
});

it('goes on serving on a full disk, and says what it could not keep', async (context) => {
  const folder = temporaryFolder();
  const mount = join(folder, 'small');
  mkdirSync(mount);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', mount], { stdio: 'pipe' });
  } catch {
    context.skip('needs the right to mount a small disk');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', mount]));
  const { url, start } = await setUp(mount);
  const gateway = await start();
  const load = startLoad(url, { 'X-API-Key': key.secret }, { connections: 16, perSecond: 100_000 });
  await waitUntil(() => load.result.answered.length > 4_000, 60_000);
  const { answered, failed } = await load.stop();
  expect(failed).toEqual([]);
  expect(answered.every(({ status }) => status === 200)).toBe(true);
  expect((await gateway.end('SIGTERM')).code).toBe(0);
  const events = readEvents(mount);
  const last = answered.at(-1)?.id;
  expect(events.some((event) => event.type === 'gap' && event.reason === 'disk-full')).toBe(true);
  expect(events.some((event) => 'id' in event && event.id === last)).toBe(true);
});
