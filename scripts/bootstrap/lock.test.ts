import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './lock.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightlatch-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const locks = () => readdirSync(folder).filter((name) => name.includes('.lock'));

/** Starts a process that, under the lock, writes when it went in and when it came out. */
function contender(name: string, log: string) {
  const program = `
    import { appendFileSync } from 'node:fs';
    import { withLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    await withLock('thing', async () => {
      appendFileSync(${JSON.stringify(log)}, 'in ${name}\\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
      appendFileSync(${JSON.stringify(log)}, 'out ${name}\\n');
    }, ${JSON.stringify(folder)});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  return once(child, 'close');
}

it('lets one process in at a time, also past a lock that a dead one left behind', async () => {
  const log = join(folder, 'log');
  const dead = spawn(process.execPath, ['-e', '']);
  await once(dead, 'close');
  let lockFile = '';
  await withLock(
    'thing',
    async () => {
      lockFile = locks()[0] ?? '';
    },
    folder,
  );
  writeFileSync(join(folder, lockFile), String(dead.pid));

  const names = ['a', 'b', 'c', 'd'];
  const codes = await Promise.all(names.map((name) => contender(name, log)));

  expect(codes.map(([code]) => code)).toEqual([0, 0, 0, 0]);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(8);
  for (let i = 0; i < lines.length; i += 2) expect(lines[i + 1]).toBe(lines[i]?.replace('in', 'out'));
  expect(locks()).toEqual([]);
});

it('is given back when the work fails', async () => {
  await expect(withLock('thing', () => Promise.reject(new Error('no')), folder)).rejects.toThrow('no');
  expect(locks()).toEqual([]);
});
