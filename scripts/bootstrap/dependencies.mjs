/** Step: the libraries of package-lock.json are in node_modules. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { root } from './paths.mjs';
import { SetupError, step } from './progress.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean, os?: string[], cpu?: string[], optionalDependencies?: Record<string, string> }} Locked
 */

/**
 * Installs what the lock file names, when something is missing or of another version. Libraries' install scripts are not
 * run: none of ours needs one, and they are the usual way in for a poisoned library.
 *
 * @param {string} node path of the runtime: under an older Node, npm leaves out compiled parts that ask for a newer one
 */
export async function ensureDependencies(node) {
  if (areInstalled(root)) return;
  await withLock(root, async () => {
    if (areInstalled(root)) return;
    const install = ['ci', '--ignore-scripts', '--include=dev', '--include=optional'];
    const outcome = await step('Installing the libraries', () => npm(install, root, node));
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
    if (other === undefined ? !one.optional : other.version !== one.version || other.integrity !== one.integrity) {
      return false;
    }
  }
  return Object.keys(have).every((path) => {
    const parts = wanted[path]?.optionalDependencies;
    return parts === undefined || hasPlatformPart(parts, wanted, have);
  });
}

/**
 * A library's compiled parts, one for each platform, are all optional to npm; a node_modules carried over from another
 * machine has the wrong one. One that fits has to be there, if there is one that fits.
 *
 * @param {Record<string, string>} parts
 * @param {Record<string, Locked>} wanted
 * @param {Record<string, Locked>} have
 */
function hasPlatformPart(parts, wanted, have) {
  const fitting = Object.keys(wanted).filter((path) => {
    const one = wanted[path];
    return one?.os !== undefined && fitsMachine(one) && nameOf(path) in parts;
  });
  return fitting.length === 0 || fitting.some((path) => path in have);
}

/** @param {string} path such as node_modules/a/node_modules/@b/c */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
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
