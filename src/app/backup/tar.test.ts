import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTarGz, writeTarGz } from './tar.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nightlatch-tar-'));
  mkdirSync(join(folder, 'out'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SIZES = [0, 1, 511, 512, 513, 200_000];

async function pack(): Promise<{ archive: string; names: string[] }> {
  const entries = SIZES.map((size) => {
    const file = join(folder, `in-${size}`);
    writeFileSync(file, Buffer.alloc(size, `${size} `));
    return { name: `f${size}`, file };
  });
  const archive = join(folder, 'a.tar.gz');
  await writeTarGz(archive, entries);
  return { archive, names: entries.map((entry) => entry.name) };
}

test('what is packed can be unpacked, files of every awkward size', async () => {
  const { archive, names } = await pack();
  expect(await readTarGz(archive, join(folder, 'out'), names)).toEqual(names);
  for (const size of SIZES) {
    expect(readFileSync(join(folder, 'out', `f${size}`)).equals(readFileSync(join(folder, `in-${size}`)))).toBe(true);
  }
});

test('the system tar reads it, and what the system tar packs is read', async () => {
  const { archive, names } = await pack();
  execFileSync('tar', ['xzf', archive, '-C', join(folder, 'out')]);
  const other = join(folder, 'b.tar.gz');
  execFileSync('tar', ['czf', other, '--format=ustar', '-C', join(folder, 'out'), ...names]);
  mkdirSync(join(folder, 'again'));
  expect(await readTarGz(other, join(folder, 'again'), names)).toEqual(names);
});

test('names that were not asked for, links and ways out are refused', async () => {
  const { archive } = await pack();
  await expect(readTarGz(archive, join(folder, 'out'), ['f0'])).rejects.toThrow('does not belong there');
  execFileSync('ln', ['-s', '/etc/passwd', join(folder, 'link')]);
  execFileSync('tar', ['czf', join(folder, 'c.tar.gz'), '-C', folder, 'link']);
  await expect(readTarGz(join(folder, 'c.tar.gz'), join(folder, 'out'), ['link'])).rejects.toThrow(RangeError);
});

test('a cut and an altered archive are refused', async () => {
  const { archive, names } = await pack();
  const whole = readFileSync(archive);
  writeFileSync(archive, whole.subarray(0, whole.length / 2));
  await expect(readTarGz(archive, join(folder, 'out'), names)).rejects.toThrow();
  writeFileSync(archive, gzipSync(Buffer.alloc(1024, 'x')));
  await expect(readTarGz(archive, join(folder, 'out'), names)).rejects.toThrow('damaged');
});
