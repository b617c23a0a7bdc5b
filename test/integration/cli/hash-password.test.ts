import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifyPassphrase } from '../../../src/platform/crypto/passphrase-hash.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'bin', 'nightlatch');
const run = (input: string, ...more: string[]) =>
  spawnSync(process.execPath, [PROGRAM, 'hash-password', ...more], { input, encoding: 'utf8' });

it('a password from standard input becomes one line with its hash', async () => {
  const { status, stdout, stderr } = run('correct horse: battery\nanother line\n');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$\S+\n$/);
  expect(await verifyPassphrase('correct horse: battery', stdout.trim())).toBe(true);
  expect(stdout + stderr).not.toContain('battery');
});

it.each([
  ['too short', 'elevenchars\n'],
  ['empty', ''],
  ['with control characters', 'correct\u0001horse battery\n'],
])('a password that is %s is refused', (_, input) => {
  const { status, stdout } = run(input);
  expect([status, stdout]).toEqual([1, '']);
});

it('a password on the command line is refused', () => {
  expect(run('', 'correct horse: battery').status).toBe(2);
});
