/** Calls npm: the one that called us when there is one, else the one on the PATH. */

import { basename, delimiter, dirname } from 'node:path';
import { runQuietly } from './run.mjs';

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {string} [node] the Node that npm runs on, and judges libraries by
 * @returns {Promise<import('./run.mjs').Outcome>}
 */
export function npm(args, cwd, node = process.execPath) {
  const quiet = [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const caller = process.env.npm_execpath;
  const env = withoutLifecycle(process.env);
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const options = { cwd, env: { ...env, [path]: `${dirname(node)}${delimiter}${env[path] ?? ''}` } };
  // pnpm and yarn set the same variable and understand other commands.
  if (caller !== undefined && /^npm(-cli)?\.[cm]?js$/.test(basename(caller))) {
    return runQuietly(node, [caller, ...quiet], options);
  }
  return runQuietly('npm', quiet, { ...options, shell: process.platform === 'win32' });
}

/**
 * What the calling npm says about its own run would bind a new one to this folder.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function withoutLifecycle(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^npm_(package|lifecycle|command$|config_(local_prefix|prefix$))/.test(name),
    ),
  );
}
