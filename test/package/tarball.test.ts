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
  expect(files.filter((file) => /(?<!\.d)\.tsx?$|\.test\.|testdata|contract-suite/.test(file))).toEqual([]);
});

it('installs no development dependency', () => {
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  // What the product's own libraries bring is no development dependency there.
  const brought = new Set(['axios']);
  const strays = Object.keys(devDependencies).filter(
    (name) => !brought.has(name) && existsSync(join(folder, 'node_modules', name)),
  );
  expect(strays).toEqual([]);
});

it('says its version', () => {
  expect(run(program, ['version'], folder)).toMatchObject({ code: 0, stdout: expect.stringContaining(version) });
});

const PROTECTED = `
  const http = require('node:http');
  const asked = async ({ protect }) => {
    const config = { version: 1, services: [{ name: 'app', routes: [{ match: { path: '/open' }, auth: 'none' }] }] };
    const guard = await protect({ config, dataDir: process.argv[2] });
    const server = http.createServer((q, r) => guard.node(q, r, () => r.end(q.nightlatch.route))).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.on('listening', resolve));
    const at = (path) => fetch('http://127.0.0.1:' + server.address().port + path);
    const said = [await (await at('/open')).text(), (await at('/other')).status];
    server.close();
    server.closeAllConnections();
    await guard.close();
    console.log(JSON.stringify(said));
  };
`;

it.each([
  ['require', "asked(require('nightlatch/middleware'));"],
  ['import', "import('nightlatch/middleware').then(asked);"],
])('guards an application that gets it by %s, and starts nothing by itself', (how, start) => {
  writeFileSync(join(folder, `${how}.cjs`), `${PROTECTED}${start}\n`);
  writeFileSync(join(folder, `${how}-only.cjs`), `const asked = () => {};\n${start}\n`);
  const outcome = run(process.execPath, [`${how}.cjs`, join(home, `data of ${how}`)], folder);
  expect(outcome).toMatchObject({ code: 0, stdout: '["ANY /open",404]\n' });
  const { code, stdout, stderr } = run(process.execPath, [`${how}-only.cjs`], folder);
  expect([code, stdout, stderr]).toEqual([0, '', '']);
});

it('judges requests in other programs, with its types', () => {
  writeFileSync(
    join(folder, 'judge.mts'),
    `import { inspect, type InspectedRequest, type Verdict } from 'nightlatch/detection';
    const request: InspectedRequest = { method: 'GET', target: '/?q=%3Cscript%3Ealert(1)%3C/script%3E', headers: [], body: null };
    const verdict: Verdict = inspect(request);
    console.log(verdict.attack, verdict.charges[0]?.kind);
`,
  );
  expect(run(process.execPath, ['judge.mts'], folder)).toMatchObject({ code: 0, stdout: 'true xss\n' });
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024'],
    types: ['node'],
  };
  const typeRoots = [join(root, 'node_modules', '@types')];
  const files = ['judge.mts'];
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, typeRoots }, files }),
  );
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  expect(run(process.execPath, [tsc, '-p', '.'], folder)).toMatchObject({ code: 0, stdout: '' });
});

it('brings the types of its middleware', () => {
  const text = (route: string) => `
    import { createServer } from 'node:http';
    import { protect, type Guard } from 'nightlatch/middleware';
    const guard: Guard = await protect({ config: './nightlatch.yaml', unmatched: 'pass' });
    createServer((request, response) => guard.node(request, response, () => {
      const route: ${route} = request.nightlatch?.route ?? null;
      response.end(route);
    }));
    export const GET = guard.next(async (request, caller) => Response.json({ url: request.url, by: caller.consumer }));
  `;
  const options = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024'],
    types: ['node'],
  };
  const typeRoots = [join(root, 'node_modules', '@types')];
  const check = (route: string) => {
    writeFileSync(join(folder, 'app.mts'), text(route));
    const compilerOptions = { ...options, typeRoots };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.mts'] }));
    return run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', '.'], folder);
  };
  expect(check('string | null')).toMatchObject({ code: 0, stdout: '' });
  expect(check('number').stdout).toContain('TS2322');
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
