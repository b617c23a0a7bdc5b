/** Step: the owner's console in dist/console is the build of the sources as they are now. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';
import { SetupError, step } from './progress.mjs';
import { runQuietly } from './run.mjs';

const MARK = '.built-from';

/** What the build reads; a change in any of it makes the console stale. */
const INPUTS = ['console', join('src', 'contracts'), 'package-lock.json'];

/**
 * @param {string} node path of the runtime
 */
export async function ensureConsole(node) {
  if (!existsSync(join(root, 'console', 'vite.config.ts'))) return;
  const target = join(root, 'dist', 'console');
  if (markOf(target) === fingerprint()) return;
  await withLock(target, async () => {
    const wanted = fingerprint();
    if (markOf(target) === wanted) return;
    await step('Building the console', () => buildInto(target, wanted, node));
  });
}

/**
 * Builds beside the target and swaps at the end, so that a running Nightlatch never serves half a console.
 *
 * @param {string} target
 * @param {string} mark
 * @param {string} node
 */
async function buildInto(target, mark, node) {
  const fresh = `${target}.new`;
  const old = `${target}.old`;
  rmSync(fresh, { recursive: true, force: true });
  rmSync(old, { recursive: true, force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const outcome = await runQuietly(node, [
    vite,
    'build',
    'console',
    '--outDir',
    fresh,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]);
  if (outcome.code !== 0) throw new SetupError(`The console could not be built. Vite said:\n\n${outcome.output}`);
  writeFileSync(join(fresh, MARK), mark);
  if (existsSync(target)) renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

/** @param {string} folder */
function markOf(folder) {
  const file = join(folder, MARK);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** @returns {string} a hash over the names and contents of all inputs but tests */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((input) => filesUnder(join(root, input)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} path file or folder
 * @returns {string[]} in a stable order
 */
function filesUnder(path) {
  if (!path.includes('.test.') && existsSync(path)) {
    const entries = listing(path);
    return entries === undefined ? [path] : entries.flatMap((entry) => filesUnder(join(path, entry)));
  }
  return [];
}

/**
 * @param {string} path
 * @returns {string[] | undefined} undefined for a file
 */
function listing(path) {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
