/** Step: the libraries of package-lock.json are in node_modules. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';
import { SetupError, step } from './progress.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[] }} Locked
 */

/**
 * Installs what the lock file names, when something is missing or of another version. Libraries' install scripts are not
 * run: none of ours needs one, and they are the usual way in for a poisoned library.
 */
export async function ensureDependencies() {
  if (areInstalled(root)) return;
  await withLock(root, async () => {
    if (areInstalled(root)) return;
    const outcome = await step('Installing the libraries', () =>
      npm(['ci', '--ignore-scripts', '--include=dev'], root),
    );
    if (outcome.code !== 0) {
      throw new SetupError(
        `The libraries could not be installed. Is this machine on the internet? npm said:\n\n${outcome.output}`,
      );
    }
  });
}

/**
 * Compares the lock file with the one npm leaves in node_modules at the end of every complete install. That needs no mark
 * of our own, and is also right after an `npm install` by hand or an interrupted one.
 *
 * @param {string} folder of package-lock.json
 * @returns {boolean}
 */
export function areInstalled(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const have = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || have === undefined) return false;
  for (const [path, one] of Object.entries(wanted)) {
    if (path === '' || one.link || !fitsMachine(one)) continue;
    const other = have[path];
    if (other === undefined) {
      if (one.optional) continue;
      return false;
    }
    if (other.version !== one.version || other.integrity !== one.integrity) return false;
  }
  return hasPlatformParts(wanted, have);
}

/**
 * A node_modules carried over from another machine lacks the compiled parts made for this one, which are all optional.
 *
 * @param {Record<string, Locked>} wanted
 * @param {Record<string, Locked>} have
 */
function hasPlatformParts(wanted, have) {
  const ours = Object.entries(wanted).filter(([, one]) => one.optional && one.os && fitsMachine(one));
  return ours.length === 0 || ours.some(([path]) => have[path] !== undefined);
}

/** @param {Locked} one */
function fitsMachine(one) {
  return fits(one.os, process.platform) && fits(one.cpu, process.arch);
}

/**
 * @param {string[] | undefined} list as in package.json: names, or names to leave out with a leading !
 * @param {string} name
 */
function fits(list, name) {
  if (list === undefined || list.length === 0) return true;
  if (list.includes(`!${name}`)) return false;
  return list.includes(name) || list.every((entry) => entry.startsWith('!'));
}

/**
 * @param {string} file
 * @returns {Record<string, Locked> | undefined} undefined when there is no such file, or it was cut off
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
