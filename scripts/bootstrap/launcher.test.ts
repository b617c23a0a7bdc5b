import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isRecentEnough, MINIMUM } from '../../bin/runtime.cjs';

const bin = fileURLToPath(new URL('../../bin', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'nightlatch launcher '));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const MAIN = `export async function main(argv) {
  if (argv[0] === 'boom') throw new Error('the reason\\nand more');
  console.log(import.meta.url.endsWith('.ts') ? 'source' : 'compiled', argv.join());
  return 7;
}`;
const OLD = join(home, 'old.cjs');
writeFileSync(OLD, `Object.defineProperty(process, 'version', { value: 'v20.1.0' });`);

/** An installation with the real launcher and a stand-in for the program. */
function installed(path: string, files: string[]): string {
  const folder = join(home, path);
  cpSync(bin, join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "nightlatch", "type": "module" }');
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), MAIN);
  }
  return join(folder, 'bin', 'nightlatch');
}

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), NIGHTLATCH_DEBUG: '', ...env },
  });
  return { code: status, stdout, stderr };
}

const both = ['src/cli/main.ts', 'dist/src/cli/main.js'];
const checkout = installed('a checkout', [...both, 'scripts/bootstrap.mjs']);
const tarball = installed('project/node_modules/nightlatch', both);

describe('bin/nightlatch', () => {
  it('runs the sources of a checkout and the compiled code of a package, and answers their exit code', () => {
    expect(run([checkout, 'a', 'b c'])).toMatchObject({ code: 7, stdout: 'source a,b c\n' });
    expect(run([tarball, 'a'])).toMatchObject({ code: 7, stdout: 'compiled a\n' });
  });

  it('says an unforeseen fault in a sentence, and its stack only when asked', () => {
    const quiet = run([checkout, 'boom']);
    expect(quiet).toMatchObject({ code: 70, stderr: expect.stringMatching(/fault of its own: the reason\n/) });
    expect(quiet.stderr).not.toMatch(/ {4}at |and more/);
    expect(run([checkout, 'boom'], { NIGHTLATCH_DEBUG: '1' }).stderr).toMatch(/ {4}at .*main/);
  });

  it.each([
    ['a checkout', checkout, /is v20\.1\.0: run "npm start" once/],
    ['a package', tarball, /is v20\.1\.0: install the current one from https:\/\/nodejs\.org/],
  ])('on an old Node says in %s what to do', (_, program, sentence) => {
    const { code, stderr } = run(['--require', OLD, program, 'a']);
    expect(code).toBe(69);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('on an old Node hands over to the one that was fetched before', () => {
    const fetched = join(home, 'cache', 'nightlatch', 'runtime', 'node_modules', 'node');
    mkdirSync(join(fetched, 'bin'), { recursive: true });
    cpSync(process.execPath, join(fetched, 'bin', 'node'));
    writeFileSync(join(fetched, 'package.json'), `{ "version": "${process.version.slice(1)}" }`);
    expect(run(['--require', OLD, tarball, 'a'])).toMatchObject({ code: 7, stdout: 'compiled a\n' });
  });
});

describe('handing over', () => {
  const handOver = JSON.stringify(join(bin, 'hand-over.cjs'));
  const child = `process.on('SIGTERM', () => { console.log('told to stop'); process.exit(9); }); setInterval(() => {}, 1e3); console.log('ready');`;
  const parent = `require(${handOver}).handOver(process.execPath, ['-e', ${JSON.stringify(child)}]).then((code) => { process.exitCode = code; });`;

  it('passes a signal on once and answers the exit code', async () => {
    const outer = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(outer.stdout, 'data');
    let said = '';
    outer.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    outer.kill('SIGTERM');
    outer.kill('SIGTERM');
    expect(await once(outer, 'close')).toEqual([9, null]);
    expect(said).toBe('told to stop\n');
  });

  it('ends the child when whoever started it all is gone without a word', async () => {
    const grandparent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(parent)}], { stdio: 'inherit' });`;
    const outer = spawn(process.execPath, ['-e', grandparent], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(outer.stdout, 'data');
    let said = '';
    outer.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    outer.kill('SIGKILL');
    // The pipe closes only when the last process that holds it has ended.
    await once(outer.stdout, 'end');
    expect(said).toBe('told to stop\n');
  });
});

describe('the oldest Node that will do', () => {
  it.each([
    [MINIMUM, true],
    ['v24.7.0', true],
    ['v24.10.1', true],
    ['v26.0.0', true],
    ['25.0.0-nightly', true],
    ['v24.6.9', false],
    ['v22.30.0', false],
    ['v18.20.8', false],
  ])('%s: %s', (version, answer) => {
    expect(isRecentEnough(version)).toBe(answer);
  });
});
