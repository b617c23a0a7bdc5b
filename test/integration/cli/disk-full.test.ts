import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { installation, startBoth } from '../../fixtures/installation.ts';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

/** A disk of its own, which needs the root of a Linux machine; elsewhere there is no such test to run. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

function smallDisk(size: string): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

test.runIf(canMount)('a full disk is a plain sentence at the start, and nothing is lost', async () => {
  const at = await installation();
  const data = join(smallDisk('24m'), 'data');
  const args = at.args.map((arg) => (arg === at.data ? data : arg));
  await (await startBoth({ ...at, data, args })).end();
  const database = readFileSync(join(data, 'nightlatch.db'));
  writeFileSync(join(data, '..', 'filler'), Buffer.alloc(20 * 1024 * 1024));
  const outcome = await nightlatch(['start', ...args]);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toMatch(/^The disk of .* is full: \d+ KiB are free, 16 MiB are needed\.\n/);
  expect(readFileSync(join(data, 'nightlatch.db')).equals(database)).toBe(true);
});

test.runIf(canMount)('a backup that does not fit leaves no half file', async () => {
  const at = await installation();
  await (await startBoth(at)).end();
  const target = join(smallDisk('64k'), 'copy.tar.gz');
  writeFileSync(join(target, '..', 'filler'), Buffer.alloc(63 * 1024));
  const outcome = await nightlatch(['backup', target, '--data', at.data]);
  expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('The disk is full') });
  expect(execFileSync('ls', [join(target, '..')], { encoding: 'utf8' })).toBe('filler\n');
});
