import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const GOOD =
  'version: 1\nservices:\n  - name: shop\n    upstream: http://127.0.0.1:3000\n    routes:\n      - match: { path: / }\n';
const BAD = `${GOOD}        auht: none\nattackFilter: { mode: watch }\n`;

test('a good file is in order', async () => {
  const file = join(temporaryFolder(), 'nightlatch.yaml');
  writeFileSync(file, GOOD);
  expect(await nightlatch(['config', 'check', file])).toEqual({
    code: 0,
    stdout: `${file} is in order.\n`,
    stderr: '',
  });
});

test('a bad file: file, line, column, sentence, code, and the way out', async () => {
  const file = join(temporaryFolder(), 'nightlatch.yaml');
  writeFileSync(file, BAD);
  const { code, stderr } = await nightlatch(['config', 'check', file]);
  expect(code).toBe(1);
  expect(stderr.split('\n')).toEqual([
    `${file}:7:9: There is no key "auht" in "services[0].routes[0]". Did you mean "auth"? [key-unknown]`,
    `${file}:8:23: "attackFilter.mode" must be one of off, monitor, enforce, not "watch". [value-unknown]`,
    `${file} has 2 faults.`,
    '',
  ]);
});

test('the same for scripts', async () => {
  const file = join(temporaryFolder(), 'nightlatch.yaml');
  writeFileSync(file, BAD);
  const { code, stdout } = await nightlatch(['config', 'check', file, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    valid: false,
    faults: [
      { line: 7, code: 'key-unknown' },
      { line: 8, code: 'value-unknown' },
    ],
  });
});

test('no such file, a wrong option, an unknown command', async () => {
  expect(await nightlatch(['config', 'check', '/nowhere/nightlatch.yaml'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no such file'),
  });
  expect(await nightlatch(['config', 'check', '--frob'])).toMatchObject({ code: 2 });
  expect(await nightlatch(['frobnicate'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('unknown command'),
  });
  expect(await nightlatch(['gateway'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--config FILE') });
});

test('the schema is JSON', async () => {
  const { code, stdout } = await nightlatch(['config', 'schema']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ $id: 'urn:nightlatch:gateway-config:1' });
});

test('every command has help with examples and exit codes', async () => {
  const commands = [
    'start',
    'practice',
    'gateway',
    'control-plane',
    'config check',
    'config schema',
    'config export',
    'config import',
    'keys create',
    'keys list',
    'keys revoke',
    'lock',
    'unlock',
    'doctor',
    'backup',
    'restore',
    'version',
  ];
  for (const command of commands) {
    const { code, stdout } = await nightlatch([...command.split(' '), '--help']);
    expect({ command, code }).toEqual({ command, code: 0 });
    expect(stdout, command).toMatch(/Examples:\n {2}\$ nightlatch /);
    expect(stdout, command).toContain('Exit codes:');
  }
});

test('a key made without an installation fits the file that it is written to', async () => {
  const file = join(temporaryFolder(), 'nightlatch.yaml');
  const made = await nightlatch([
    'keys',
    'create',
    'web-shop',
    '--offline',
    '--scope',
    'orders:read',
    '--expires',
    '2031-12-31',
  ]);
  expect(made.code).toBe(0);
  const secret = /nl_live_\S+/.exec(made.stderr)?.[0];
  expect(secret).toBeDefined();
  expect(made.stdout).not.toContain(secret);
  writeFileSync(file, GOOD + made.stdout);
  expect(await nightlatch(['config', 'check', file])).toMatchObject({ code: 0 });
  expect(parse(readFileSync(file, 'utf8'))).toMatchObject({
    consumers: [{ name: 'web-shop', scopes: ['orders:read'], keys: [{ id: 'k1', expires: '2031-12-31' }] }],
  });
});

test('what needs an installation says that there is none', async () => {
  const folder = temporaryFolder();
  for (const args of [['keys', 'list'], ['config', 'export'], ['lock'], ['unlock']]) {
    const outcome = await nightlatch([...args, '--data', folder]);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toContain('--data');
    expect(readdirSync(folder)).toEqual([]);
  }
});
