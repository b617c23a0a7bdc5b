import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { areInstalled } from './dependencies.mjs';

const a = { version: '1.0.0', integrity: 'sha512-a', optionalDependencies: { here: '1.0.0', elsewhere: '1.0.0' } };
const here = { version: '1.0.0', integrity: 'sha512-h', optional: true, os: [process.platform], cpu: [process.arch] };
const elsewhere = { version: '1.0.0', integrity: 'sha512-e', optional: true, os: ['plan9'] };

const wanted = { '': {}, 'node_modules/a': a, 'node_modules/here': here, 'node_modules/elsewhere': elsewhere };

it.each([
  ['everything for this machine is there', { 'node_modules/a': a, 'node_modules/here': here }, true],
  ['something more is there', { 'node_modules/a': a, 'node_modules/here': here, 'node_modules/b': a }, true],
  ['a library is missing', { 'node_modules/here': here }, false],
  ['a library has another version', { 'node_modules/a': { ...a, version: '0.9.0' }, 'node_modules/here': here }, false],
  ['a library has other contents', { 'node_modules/a': { ...a, integrity: 'x' }, 'node_modules/here': here }, false],
  ['the parts are those of another machine', { 'node_modules/a': a, 'node_modules/elsewhere': elsewhere }, false],
  ['nothing was ever installed', undefined, false],
])('when %s', (_, have, answer) => {
  const folder = mkdtempSync(join(tmpdir(), 'nightlatch-libraries-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  if (have) writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: have }));
  expect(areInstalled(folder)).toBe(answer);
});
