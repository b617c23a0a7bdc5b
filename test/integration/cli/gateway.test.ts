import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { nightlatch, type Started, startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream, type Upstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';

type Setting = {
  file: string;
  data: string;
  url: string;
  key: string;
  upstream: Upstream;
  yaml(routes: string): string;
};

async function setting(): Promise<Setting> {
  const folder = temporaryFolder();
  const upstream = await startUpstream();
  const port = await freePort();
  const key = createApiKey();
  const hash = createHash('sha256').update(key).digest('hex');
  const yaml = (routes: string) =>
    `version: 1\nserver: { listen: ["127.0.0.1:${port}"] }\nservices:\n  - name: shop\n    upstream: ${upstream.url}\n    routes:\n${routes}consumers:\n  - name: web\n    keys: [{ id: k1, hash: "sha256:${hash}" }]\n`;
  const file = join(folder, 'nightlatch.yaml');
  writeFileSync(file, yaml('      - match: { path: /orders }\n'));
  return { file, data: join(folder, 'data'), url: `http://127.0.0.1:${port}`, key, upstream, yaml };
}

async function start({ file, data }: Setting, ...more: string[]): Promise<Started> {
  const gateway = startNightlatch(['gateway', '--config', file, '--data', data, ...more]);
  await gateway.says('is in service');
  return gateway;
}

const status = async (url: string, key?: string) =>
  (await fetch(url, key === undefined ? {} : { headers: { 'x-api-key': key } })).status;

test('asks for a key, forwards with one, records both, stops on Ctrl-C', async () => {
  const s = await setting();
  const began = performance.now();
  const gateway = await start(s);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(await status(`${s.url}/orders`)).toBe(401);
  expect(await status(`${s.url}/orders`, s.key)).toBe(200);
  expect(s.upstream.requests).toHaveLength(1);
  expect(s.upstream.requests[0]?.headers).toMatchObject({ 'x-nightlatch-consumer': 'web' });
  const outcome = await gateway.end();
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining('The gateway has stopped.') });
  const spool = readdirSync(join(s.data, 'spool'))
    .map((name) => readFileSync(join(s.data, 'spool', name), 'utf8'))
    .join('');
  expect(
    spool
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).status),
  ).toEqual([401, 200]);
  expect(spool).not.toContain(s.key);
});

test('takes over a changed file: on SIGHUP, on writing, and when an editor replaces it', async () => {
  const s = await setting();
  const gateway = await start(s);
  const isOpen = (path: string) => waitUntil(async () => (await status(s.url + path)) === 200, 2_000);
  writeFileSync(s.file, s.yaml('      - match: { path: /a }\n        auth: none\n'));
  gateway.child.kill('SIGHUP');
  await isOpen('/a');
  writeFileSync(s.file, s.yaml('      - match: { path: /b }\n        auth: none\n'));
  await isOpen('/b');
  expect(await status(`${s.url}/a`)).toBe(404);
  writeFileSync(`${s.file}.swp`, s.yaml('      - match: { path: /c }\n        auth: none\n'));
  renameSync(`${s.file}.swp`, s.file);
  await isOpen('/c');
  expect(gateway.output().stderr).toBe('');
});

test('a bad file is explained by line, and the old one stays in service', async () => {
  const s = await setting();
  const gateway = await start(s);
  writeFileSync(s.file, s.yaml('      - match: { path: /orders }\n        auht: none\n'));
  await gateway.says(`${s.file}:8:9: There is no key "auht"`);
  await gateway.says('The configuration before it stays in service.');
  expect(await status(`${s.url}/orders`, s.key)).toBe(200);
  expect(await status(`${s.url}/orders`)).toBe(401);
});

test('a file that is bad at the start is refused', async () => {
  const s = await setting();
  writeFileSync(s.file, 'version: 1\nservices: nothing\n');
  const outcome = await nightlatch(['gateway', '--config', s.file, '--data', s.data]);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain(`${s.file}:2:11: "services" must be a list`);
});

test('locks and unlocks in under a second, and stays locked across a restart', async () => {
  const s = await setting();
  const first = await start(s);
  const began = performance.now();
  const locked = await nightlatch(['lock', '--data', s.data, '--message', 'Back at 14:00']);
  expect(locked).toMatchObject({
    code: 0,
    stdout: 'Locked: Everything is closed. Open it again with "nightlatch unlock".\n',
  });
  const answer = await waitUntil(async () => {
    const response = await fetch(`${s.url}/orders`, { headers: { 'x-api-key': s.key } });
    return response.status === 503 ? await response.json() : false;
  });
  // The command itself takes a part of this second.
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(answer).toMatchObject({ code: 'locked', detail: 'Back at 14:00' });
  await first.end();
  await start(s);
  expect(await status(`${s.url}/orders`, s.key)).toBe(503);
  const opening = performance.now();
  expect(await nightlatch(['unlock', '--data', s.data])).toMatchObject({ code: 0 });
  await waitUntil(async () => (await status(`${s.url}/orders`, s.key)) === 200);
  expect(performance.now() - opening).toBeLessThan(1_000);
});

test('chosen consumers may stay, and named routes alone may be closed', async () => {
  const s = await setting();
  writeFileSync(
    s.file,
    s.yaml('      - match: { path: /orders }\n      - match: { path: /b, methods: [GET] }\n        auth: none\n'),
  );
  await start(s);
  await nightlatch(['lock', '--data', s.data, '--allow-consumer', 'web']);
  await waitUntil(async () => (await status(`${s.url}/b`)) === 503);
  expect(await status(`${s.url}/orders`, s.key)).toBe(200);
  await nightlatch(['lock', '--data', s.data, '--route', 'ANY /orders']);
  await waitUntil(async () => (await status(`${s.url}/orders`, s.key)) === 503);
  expect(await status(`${s.url}/b`)).toBe(200);
});

test('a lock that cannot be read keeps everything closed', async () => {
  const s = await setting();
  const gateway = await start(s);
  writeFileSync(join(s.data, 'lock.json'), '{ "since": ');
  await waitUntil(async () => (await status(`${s.url}/orders`, s.key)) === 503);
  await gateway.says('cannot be read, so everything stays locked');
});

test('a taken port is a plain sentence', async () => {
  const s = await setting();
  const port = Number(new URL(s.url).port);
  const other = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void other.close());
  const outcome = await nightlatch(['gateway', '--config', s.file, '--data', s.data]);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(new RegExp(`another program .*:${port}\\.`, 'i'));
  expect(outcome.stderr).not.toMatch(/\n\s+at /);
});

test('health and metrics stand on an address of their own', async () => {
  const s = await setting();
  const admin = await freePort();
  await start(s, '--admin', `127.0.0.1:${admin}`);
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    expect(await status(`http://127.0.0.1:${admin}${path}`)).toBe(200);
    expect(await status(s.url + path)).toBe(404);
  }
});

test('a large file is taken over while calls go on', async () => {
  const s = await setting();
  const gateway = await start(s);
  const routes = Array.from(
    { length: 5_000 },
    (_, i) => `      - match: { path: "/r${i}/{id}" }\n        auth: none\n`,
  ).join('');
  writeFileSync(s.file, s.yaml(`      - match: { path: /orders }\n${routes}`));
  let longest = 0;
  await waitUntil(async () => {
    const began = performance.now();
    expect(await status(`${s.url}/orders`, s.key)).toBe(200);
    longest = Math.max(longest, performance.now() - began);
    return (await status(`${s.url}/r4999/1`)) === 200;
  });
  expect(longest).toBeLessThan(400);
  await gateway.says('(5001 routes)');
});
