/** Step: programs that npm does not carry and that only tests and benchmarks use. */

import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './progress.mjs';
import { runQuietly } from './run.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} name as in the table
 * @property {string} why what goes untested without it
 * @property {readonly ('test' | 'bench')[]} verbs which commands use it
 * @property {readonly string[]} programs any one of them will do; absolute paths or names on the PATH
 * @property {string} apt Debian's package
 * @property {string} brew the words after `brew install`
 */

/** @type {readonly SystemPackage[]} */
export const systemPackages = [
  {
    name: 'chromium',
    why: 'drives the console as a person would',
    verbs: ['test'],
    programs: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    apt: 'chromium',
    brew: '--cask chromium',
  },
  {
    name: 'curl',
    why: 'calls the gateway the way people try an API',
    verbs: ['test'],
    programs: ['curl'],
    apt: 'curl',
    brew: 'curl',
  },
  {
    name: 'openssl',
    why: 'makes the certificates that HTTPS is tested with',
    verbs: ['test'],
    programs: ['openssl'],
    apt: 'openssl',
    brew: 'openssl',
  },
  {
    name: 'pebble',
    why: 'is the authority that automatic certificates are tested with',
    verbs: ['test'],
    programs: ['pebble'],
    apt: 'pebble',
    brew: 'pebble',
  },
  {
    name: 'pebble-challtestsrv',
    why: 'is the resolver of that authority',
    verbs: ['test'],
    programs: ['pebble-challtestsrv'],
    apt: 'pebble',
    brew: 'pebble',
  },
  {
    name: 'h2load',
    why: 'loads the gateway by HTTP/2',
    verbs: ['test'],
    programs: ['h2load'],
    apt: 'nghttp2-client',
    brew: 'nghttp2',
  },
  {
    name: 'wrk',
    why: 'makes the load of the benchmarks',
    verbs: ['bench'],
    programs: ['wrk'],
    apt: 'wrk',
    brew: 'wrk',
  },
  {
    name: 'slowhttptest',
    why: 'is the slow attacker of the benchmarks',
    verbs: ['bench'],
    programs: ['slowhttptest'],
    apt: 'slowhttptest',
    brew: 'slowhttptest',
  },
  {
    name: 'nginx',
    why: 'a peer the gateway is measured against',
    verbs: ['bench'],
    programs: ['nginx', '/usr/sbin/nginx'],
    apt: 'nginx',
    brew: 'nginx',
  },
  {
    name: 'haproxy',
    why: 'a peer the gateway is measured against',
    verbs: ['bench'],
    programs: ['haproxy', '/usr/sbin/haproxy'],
    apt: 'haproxy',
    brew: 'haproxy',
  },
  {
    name: 'modsecurity',
    why: 'is the rule-based filter that the attack filter is measured against',
    verbs: ['bench'],
    programs: ['/usr/lib/nginx/modules/ngx_http_modsecurity_module.so'],
    apt: 'libnginx-mod-http-modsecurity',
    brew: 'modsecurity',
  },
  {
    name: 'crs',
    why: 'holds the rules of that filter',
    verbs: ['bench'],
    programs: ['/usr/share/modsecurity-crs/owasp-crs.load'],
    apt: 'modsecurity-crs',
    brew: 'modsecurity',
  },
];

/**
 * Installs what is missing on Debian as root; elsewhere says what is missing and how to get it.
 *
 * @param {'test' | 'bench'} verb
 * @returns {Promise<string[]>} names of what is still missing
 */
export async function ensureSystemPackages(verb) {
  const missing = missingFor(verb);
  if (missing.length === 0) return [];
  if (isDebian() && process.getuid?.() === 0) await installOnDebian(missing);
  const still = missingFor(verb);
  for (const one of still) {
    console.error(`\n  MISSING: ${one.name}, which ${one.why}. What needs it will fail.`);
    console.error(`    Debian, as root:  apt-get install ${one.apt}`);
    console.error(`    macOS:            brew install ${one.brew}\n`);
  }
  return still.map((one) => one.name);
}

/**
 * @param {string} name of a package in the table
 * @returns {string | undefined} path of its program; the variable NIGHTLATCH_<NAME> names one outright
 */
export function findProgram(name) {
  const named = process.env[`NIGHTLATCH_${name.toUpperCase()}`];
  const programs = systemPackages.find((one) => one.name === name)?.programs ?? [];
  return [...(named ? [named] : []), ...programs].flatMap(placesOf).find((place) => existsSync(place));
}

/** @param {'test' | 'bench'} verb */
function missingFor(verb) {
  return systemPackages.filter((one) => one.verbs.includes(verb) && findProgram(one.name) === undefined);
}

/** @param {string} program */
function placesOf(program) {
  if (program.startsWith('/')) return [program];
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, program));
}

/** @param {readonly SystemPackage[]} missing */
async function installOnDebian(missing) {
  const names = [...new Set(missing.map((one) => one.apt))];
  await step(`Installing from Debian: ${names.join(', ')}`, async () => {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    const update = await runQuietly('apt-get', ['update'], options);
    const install = await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', ...names], options);
    // Told and not thrown: the list of what is still missing follows, and the rest can go on without.
    if (install.code !== 0) console.error(`\n${update.code === 0 ? '' : `${update.output}\n`}${install.output}`);
  });
}

/** Debian itself: on its children `chromium` may be an empty package that points elsewhere. */
function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
