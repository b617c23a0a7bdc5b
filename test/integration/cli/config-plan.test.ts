import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Revision } from '../../../src/contracts/api/configuration.ts';
import { installation, startBoth } from '../../fixtures/installation.ts';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';

test('plan, apply, history, rollback with a control plane; a backup that is put back goes back as well', async () => {
  const upstream = await startUpstream();
  const at = await installation();
  const started = await startBoth(at);
  const folder = temporaryFolder();
  const file = join(folder, 'nightlatch.yaml');
  const config = (...args: string[]) => nightlatch(['config', ...args, '--data', at.data]);
  const write = (more: string) =>
    writeFileSync(
      file,
      `version: 1\nservices:\n  - name: shop\n    upstream: ${upstream.url}\n    routes:\n      - match: { path: /orders }\n${more}`,
    );
  const get = async () => (await fetch(`http://127.0.0.1:${at.gatewayPort}/orders`)).status;

  write('        auth: none\n');
  expect(await config('apply', file)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^In service \(revision \d+\)\.\n$/),
  });
  expect(await get()).toBe(200);
  expect(await get()).toBe(200);

  write('        rateLimit: [{ key: address, quota: 1, window: 1h }]\n        auth: none\n');
  const plan = async () => JSON.parse((await config('plan', file, '--json')).stdout);
  await waitUntil(async () => (await plan()).calls === 2);
  expect(await plan()).toMatchObject({
    changes: ['ANY /orders: now limited to 1 in 3600 s for each address'],
    turnedAway: [
      { consumer: null, address: '127.0.0.1', code: 'rate-limited', detail: 'address: 1 per 3600 s', calls: 1 },
    ],
  });
  expect(await config('apply', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('Add --yes') });
  expect(await config('plan', file, '--days', '0')).toMatchObject({ code: 2 });
  write('');
  expect(await config('apply', file, '--yes')).toMatchObject({ code: 0 });
  expect(await get()).toBe(401);

  const revisions = async (): Promise<Revision[]> => JSON.parse((await config('history', '--json')).stdout);
  expect((await revisions())[0]).toMatchObject({
    actor: 'command line',
    inForce: true,
    changes: ['ANY /orders: now asks for a key'],
  });
  const open = (await revisions())[1]?.revision ?? 0;
  const back = await config('rollback');
  expect(back).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`Back to the rules of revision ${open}. In service`),
  });
  expect(await get()).toBe(200);
  expect((await config('history')).stdout).toMatch(/, in force\n {2}ANY \/orders: now open to everybody\n/);

  await started.end();
  const backup = join(folder, 'copy.tar.gz');
  expect(await nightlatch(['backup', backup, '--data', at.data])).toMatchObject({ code: 0 });
  expect(await nightlatch(['restore', backup, '--data', at.data])).toMatchObject({ code: 0 });
  const asking = (await revisions()).find((one) => one.changes[0] === 'ANY /orders: now asks for a key')?.revision;
  expect(await config('rollback', String(asking), '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('No gateway is connected'),
  });
  await startBoth(at);
  // It begins with what it ran on last and then hears of the change.
  await waitUntil(async () => (await get()) === 401);
  expect(await config('rollback', '9999')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the last 20 are'),
  });
});
