import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../fixtures/free-port.ts';
import { waitUntil } from '../fixtures/wait-until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** A stranger's folder: its path has a space, nothing is in it, nothing of this checkout is reachable from it. */
const home = mkdtempSync(join(tmpdir(), 'nightlatch package '));
const folder = join(home, 'empty folder');
const program = join(folder, 'node_modules', '.bin', 'nightlatch');
const env = {
  ...process.env,
  HOME: home,
  NIGHTLATCH_HOME: '',
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
};

function run(command: string, args: string[], cwd: string, environment: NodeJS.ProcessEnv = env) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: environment, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

beforeAll(() => {
  mkdirSync(folder);
  const packed = run('npm', ['pack', '--pack-destination', home, '--loglevel=error'], root, process.env);
  expect(packed.code, packed.stderr).toBe(0);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const tarball = join(home, `nightlatch-${version}.tgz`);
  const installed = run('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', tarball], folder, {
    ...env,
    // The user's own npm settings (registry, certificates) lie in the real home folder.
    HOME: process.env.HOME,
  });
  expect(installed.code, installed.stderr).toBe(0);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

it('carries compiled code and the console, and neither sources nor tests', () => {
  const files = readdirSync(join(folder, 'node_modules', 'nightlatch'), { recursive: true }).map(String);
  for (const expected of [
    'dist/src/cli/main.js',
    'dist/practice/main.js',
    'dist/console/index.html',
    'LICENSE',
    'NOTICE',
  ]) {
    expect(files).toContain(expected);
  }
  expect(files.filter((file) => /\.tsx?$|\.test\.|testdata|contract-suite/.test(file))).toEqual([]);
});

it('installs no development dependency', () => {
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const strays = Object.keys(devDependencies).filter((name) => existsSync(join(folder, 'node_modules', name)));
  expect(strays).toEqual([]);
});

it('says its version', () => {
  expect(run(program, ['version'], folder)).toMatchObject({ code: 0, stdout: expect.stringContaining(version) });
});

it.each(['start', 'practice'])('`%s` answers on both addresses and stops within 5 s', async (command) => {
  const at = { console: `127.0.0.1:${await freePort()}`, gateway: `127.0.0.1:${await freePort()}` };
  const running = inBackground(program, [command, '--console', at.console, '--gateway', at.gateway], {
    cwd: folder,
    env,
  });
  const page = await running.until(async () => {
    const answer = await fetch(`http://${at.console}/`, { headers: { accept: 'text/html' } });
    return { status: answer.status, text: await answer.text() };
  });
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<div id="root">') });
  const refused = await running.until(() => fetch(`http://${at.gateway}/nothing-here`));
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
  const began = performance.now();
  running.child.kill('SIGINT');
  const [code] = await running.ended;
  expect(performance.now() - began).toBeLessThan(5000);
  expect(code).toBe(0);
});

/** Starts a program that the test ends; what it says is told when something fails. */
function inBackground(command: string, args: string[], options: SpawnOptions) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk));
  const ended = once(child, 'close');
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const until = <T>(look: () => Promise<T>) =>
    waitUntil(async () => {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${said}`);
      return await look();
    }, 20_000);
  return { child, ended, until };
}
