import { expect, test } from 'vitest';
import { descendants, installation, isAlive } from '../../fixtures/installation.ts';
import { startNightlatch } from '../../fixtures/nightlatch.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';

test('one command: shop, traffic and a key that works, and nothing left behind', async () => {
  const at = await installation();
  const practice = startNightlatch(['practice', ...at.args]);
  await practice.says('Ctrl-C stops both.', 30_000);
  const { stdout } = practice.output();
  const key = /nl_live_\w+/.exec(stdout)?.[0] ?? '';
  const url = /curl (http\S+)/.exec(stdout)?.[1] ?? '';
  expect((await fetch(url)).status).toBe(401);
  expect((await fetch(url, { headers: { 'x-api-key': key } })).status).toBe(200);
  const state = await fetch(`http://127.0.0.1:${at.consolePort}/api/state`);
  expect(await state.json()).toMatchObject({ practice: true, needsSetup: true });
  const children = await waitUntil(() => {
    const pids = descendants(practice.child.pid ?? 0);
    return pids.length === 4 ? pids : false;
  });
  const began = performance.now();
  expect(await practice.end()).toMatchObject({ code: 0 });
  expect(performance.now() - began).toBeLessThan(5_000);
  await waitUntil(() => children.every((pid) => !isAlive(pid)), 1_000);
});

test('a second run on the same folder works too', async () => {
  const at = await installation();
  for (let run = 0; run < 2; run += 1) {
    const practice = startNightlatch(['practice', ...at.args]);
    await practice.says('Ctrl-C stops both.', 30_000);
    expect(await practice.end()).toMatchObject({ code: 0 });
  }
});
