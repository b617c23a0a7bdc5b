import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installation, startBoth } from '../../fixtures/installation.ts';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';

const config = (upstream: string) =>
  `version: 1\nservices:\n  - name: shop\n    upstream: ${upstream}\n    routes:\n      - match: { path: /orders, methods: [GET] }\n        scopes: ["orders:read"]\n`;

const status = async (url: string, key: string) => (await fetch(url, { headers: { 'x-api-key': key } })).status;

test('through the running control plane: import, make a key, call, lock, unlock, revoke, export', async () => {
  const at = await installation();
  const data = ['--data', at.data];
  const file = join(at.data, '..', 'nightlatch.yaml');
  const url = `http://127.0.0.1:${at.gatewayPort}/orders`;
  const upstream = await startUpstream();
  writeFileSync(file, config(upstream.url));
  await startBoth(at);
  const imported = await nightlatch(['config', 'import', file, ...data]);
  expect(imported).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('In service') });
  const made = await nightlatch(['keys', 'create', 'web-shop', '--scope', 'orders:read', '--json', ...data]);
  const { secret, key } = JSON.parse(made.stdout) as { secret: string; key: { id: string } };
  expect(await status(url, secret)).toBe(200);
  expect(upstream.requests.at(-1)?.headers).toMatchObject({ 'x-nightlatch-consumer': 'web-shop' });
  const list = await nightlatch(['keys', 'list', ...data]);
  expect(list.stdout).toContain(key.id);
  expect(list.stdout).not.toContain(secret);
  const began = performance.now();
  expect(await nightlatch(['lock', ...data])).toMatchObject({ code: 0, stdout: expect.stringContaining('In service') });
  expect(await status(url, secret)).toBe(503);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await nightlatch(['unlock', ...data])).toMatchObject({ code: 0 });
  expect(await status(url, secret)).toBe(200);
  const exported = await nightlatch(['config', 'export', ...data]);
  expect(exported.stdout).toContain('/orders');
  expect(exported.stdout).not.toContain(secret);
  expect(await nightlatch(['keys', 'revoke', key.id, ...data])).toMatchObject({ code: 0 });
  await waitUntil(async () => (await status(url, secret)) === 401, 1_000);
  const first = JSON.parse(
    (await nightlatch(['keys', 'create', 'till', '--json', '--scope', 'orders:read', ...data])).stdout,
  );
  expect(await nightlatch(['keys', 'replace', first.key.id, '--overlap', '31d', ...data])).toMatchObject({ code: 1 });
  const replaced = await nightlatch(['keys', 'replace', first.key.id, '--overlap', '7d', ...data]);
  expect(replaced).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`The old key ${first.key.id} works until`),
  });
  const second = replaced.stdout.trim();
  expect([await status(url, first.secret), await status(url, second)]).toEqual([200, 200]);
  const { stdout: listed } = await nightlatch(['keys', 'list', ...data]);
  const [, newId = ''] = /replaced by (k_\w+), until/.exec(listed) ?? [];
  const leaked = await nightlatch(['keys', 'leaked', newId, '--new', ...data]);
  expect(leaked.code).toBe(0);
  expect([await status(url, second), await status(url, leaked.stdout.trim())]).toEqual([401, 200]);
  const doctor = await nightlatch(['doctor', ...data]);
  expect(doctor).toMatchObject({ code: 0, stdout: expect.stringContaining('Connected, on the current revision') });
  expect(await nightlatch(['keys', 'revoke', 'no-such-key', ...data])).toMatchObject({ code: 1 });
});

test('straight on the database when nothing runs; it holds from the next start on', async () => {
  const at = await installation();
  const data = ['--data', at.data];
  const file = join(at.data, '..', 'nightlatch.yaml');
  const upstream = await startUpstream();
  writeFileSync(file, config(upstream.url));
  await (await startBoth(at)).end();
  expect(await nightlatch(['config', 'import', file, ...data])).toMatchObject({ code: 0, stderr: '' });
  const made = await nightlatch(['keys', 'create', 'web-shop', '--scope', 'orders:read', '--json', ...data]);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const { secret } = JSON.parse(made.stdout) as { secret: string };
  await startBoth(at);
  await waitUntil(async () => (await status(`http://127.0.0.1:${at.gatewayPort}/orders`, secret)) === 200);
});
