import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const MAX_LINES = 300;

/** Files that are longer with good reason: path, and the reason. */
const LONGER: Record<string, string> = {};

const CODE = /\.(ts|tsx|mjs|cjs|css|sql)$/;
const SAYS_NOTHING = /^(utils?|helpers?|common|manager|misc|shared|stuff)(\.|$)/i;

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/node_modules/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

const files = ['src', 'console', 'practice'].flatMap(filesUnder);

describe('the house', () => {
  it('is looked at as a whole', () => {
    expect(files.filter((file) => CODE.test(file)).length).toBeGreaterThan(50);
  });

  it(`has no file of more than ${MAX_LINES} lines`, () => {
    const long = files
      .filter((file) => CODE.test(file) && !(file in LONGER))
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  it('has no file or folder whose name says nothing', () => {
    expect(files.filter((file) => file.split('/').some((part) => SAYS_NOTHING.test(part)))).toEqual([]);
  });

  it('knows such a name when it sees one', () => {
    for (const name of ['utils.ts', 'helpers', 'common.ts', 'misc']) expect(name).toMatch(SAYS_NOTHING);
    for (const name of ['commons-clause.ts', 'password-manager.ts']) expect(basename(name)).not.toMatch(SAYS_NOTHING);
  });
});
