/** Verbs `start` and `practice`: set up what is missing, then hand the terminal to the program. */

import { join } from 'node:path';
import { handOver } from '../../bin/hand-over.cjs';
import { ensureConsole } from './console-build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { root } from './paths.mjs';
import { ensureRuntime } from './runtime.mjs';

/** @param {string[]} args for `nightlatch start` */
export function start(args) {
  return nightlatch('start', args);
}

/** @param {string[]} args for `nightlatch practice` */
export function practice(args) {
  return nightlatch('practice', args);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function nightlatch(command, args) {
  const node = await prepare();
  return handOver(node, [join(root, 'bin', 'nightlatch'), command, ...args]);
}

/**
 * Everything that every verb needs.
 *
 * @returns {Promise<string>} path of the runtime
 */
export async function prepare() {
  const node = await ensureRuntime();
  await ensureDependencies(node);
  await ensureConsole(node);
  return node;
}
