import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installation, startBoth } from '../../fixtures/installation.ts';
import { nightlatch } from '../../fixtures/nightlatch.ts';

const listing = (archive: string) => execFileSync('tar', ['tzf', archive], { encoding: 'utf8' }).trim().split('\n');

test('a backup is made while it runs, restored when it does not, and the old state is kept aside', async () => {
  const at = await installation();
  const archive = join(at.data, '..', 'copy.tar.gz');
  const started = await startBoth(at);
  const made = await nightlatch(['backup', archive, '--data', at.data]);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('does not hold master.key') });
  expect(listing(archive)).toEqual(['manifest.json', 'nightlatch.db', 'gateway.id']);
  expect(statSync(archive).mode & 0o777).toBe(0o600);
  expect(await nightlatch(['backup', archive, '--data', at.data])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is there already'),
  });
  const refused = await nightlatch(['restore', archive, '--data', at.data]);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be restored now') });
  await started.end();
  const masterKey = readFileSync(join(at.data, 'master.key'), 'utf8');
  writeFileSync(join(at.data, 'nightlatch.db'), 'a disk went mad');
  const restored = await nightlatch(['restore', archive, '--data', at.data, '--json']);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  const { keptAside } = JSON.parse(restored.stdout) as { keptAside: string };
  expect(readFileSync(join(keptAside, 'nightlatch.db'), 'utf8')).toBe('a disk went mad');
  expect(readFileSync(join(at.data, 'master.key'), 'utf8')).toBe(masterKey);
  expect(readdirSync(at.data).filter((name) => name.startsWith('restoring-'))).toEqual([]);
  await startBoth(at);
});

test('with the key it moves to another machine', async () => {
  const at = await installation();
  const archive = join(at.data, '..', 'copy.tar.gz');
  await (await startBoth(at)).end();
  const made = await nightlatch(['backup', archive, '--data', at.data, '--with-key']);
  expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('It holds the master key') });
  const masterKey = readFileSync(join(at.data, 'master.key'), 'utf8');
  rmSync(at.data, { recursive: true });
  expect(await nightlatch(['restore', archive, '--data', at.data])).toMatchObject({ code: 0 });
  expect(readFileSync(join(at.data, 'master.key'), 'utf8')).toBe(masterKey);
  expect(statSync(at.data).mode & 0o777).toBe(0o700);
  await startBoth(at);
});

test('what is no whole backup changes nothing', async () => {
  const at = await installation();
  const archive = join(at.data, '..', 'copy.tar.gz');
  await (await startBoth(at)).end();
  await nightlatch(['backup', archive, '--data', at.data]);
  const database = readFileSync(join(at.data, 'nightlatch.db'));
  const whole = readFileSync(archive);
  const bad = {
    cut: whole.subarray(0, whole.length - 100),
    text: Buffer.from('hello'),
    foreign: foreignArchive(at.data),
  };
  for (const [name, content] of Object.entries(bad)) {
    const file = join(at.data, '..', name);
    writeFileSync(file, content);
    const outcome = await nightlatch(['restore', file, '--data', at.data]);
    expect({ name, code: outcome.code }).toEqual({ name, code: 1 });
    expect(outcome.stderr).toMatch(/no whole backup|not a Nightlatch database/);
    expect(readFileSync(join(at.data, 'nightlatch.db')).equals(database)).toBe(true);
  }
  expect(readdirSync(at.data).filter((name) => /^(restoring|before-restore)-/.test(name))).toEqual([]);
});

/** An archive with a file that would be written outside the folder. */
function foreignArchive(data: string): Buffer {
  const folder = join(data, '..', 'evil', 'inner');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '..', 'escaped'), '');
  execFileSync('tar', ['czPf', join(folder, 'x.tar.gz'), '../escaped'], { cwd: folder });
  return readFileSync(join(folder, 'x.tar.gz'));
}

test('the doctor finds a running installation in order, and says what is wrong with another', async () => {
  const at = await installation();
  const started = await startBoth(at);
  const health = await nightlatch(['doctor', '--data', at.data, '--json']);
  expect(health.code).toBe(0);
  const { findings } = JSON.parse(health.stdout) as { findings: { check: string; state: string; message: string }[] };
  for (const check of [
    'data folder',
    'disk',
    'clock',
    'database',
    'schema',
    'audit log',
    'control plane',
    'gateway',
    'record',
  ]) {
    expect(findings.find((finding) => finding.check === check)?.state, check).toMatch(/ok|warn/);
  }
  await started.end();
  expect(existsSync(join(at.data, 'running.json'))).toBe(false);
  execFileSync('chmod', ['755', at.data]);
  const open = await nightlatch(['doctor', '--data', at.data]);
  expect(open).toMatchObject({ code: 1, stdout: expect.stringContaining('Other users of this machine can get at') });
});
