/** Step: a Node that can run Nightlatch; the one at hand, or one from npm in the user's cache folder. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cachedRuntime,
  cacheFolder,
  FETCHED_RANGE,
  isRecentEnough,
  MINIMUM,
  platformPackage,
} from '../../bin/runtime.cjs';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { SetupError, step } from './progress.mjs';
import { runQuietly } from './run.mjs';

/**
 * @returns {Promise<string>} path of a node binary of the needed version
 */
export async function ensureRuntime() {
  if (isRecentEnough(process.version)) return process.execPath;
  const cached = cachedRuntime();
  if (cached !== undefined) return cached;
  const folder = join(cacheFolder(), 'runtime');
  return withLock(folder, async () => {
    const meanwhile = cachedRuntime();
    if (meanwhile !== undefined) return meanwhile;
    const binary = await step(`Fetching Node.js ${FETCHED_RANGE} from npm (this one is ${process.version})`, () =>
      fetchRuntime(folder),
    );
    const outcome = await runQuietly(binary, ['--version']);
    if (outcome.code === 0 && isRecentEnough(outcome.output)) return binary;
    throw new SetupError(`The fetched Node.js does not run on this machine. ${remedy}\n\n${outcome.output}`);
  });
}

const remedy = `Install Node.js ${MINIMUM} or later from https://nodejs.org and run the same command again.`;

/**
 * @param {string} folder
 * @returns {Promise<string>} path of the binary
 */
async function fetchRuntime(folder) {
  mkdirSync(folder, { recursive: true });
  // A package.json of its own keeps npm from walking up to somebody else's.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const install = ['install', '--omit=dev', '--prefix', folder];
  // The package `node` places its binary with an install script, which npm may be told not to run, or refuse one day: then
  // the package that script would have fetched is asked for by name.
  const first = await npm([...install, `node@${FETCHED_RANGE}`], folder);
  const placed = cachedRuntime();
  if (placed !== undefined) return placed;
  const second = await npm([...install, `${platformPackage()}@${FETCHED_RANGE}`], folder);
  const direct = cachedRuntime();
  if (direct !== undefined) return direct;
  const reason = /E404|ETARGET/.test(second.output)
    ? `npm has no Node.js for this machine (${process.platform}, ${process.arch}).`
    : `npm could not be reached, or refused. It said:\n\n${second.output || first.output}\n`;
  throw new SetupError(`Nightlatch needs Node.js ${MINIMUM} or later. ${reason} ${remedy}`);
}
