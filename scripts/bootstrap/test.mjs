/** Verb `test`: everything; or, with arguments (`npm test -- path`), only the tests they name. */

import { join } from 'node:path';
import { handOver } from '../../bin/hand-over.cjs';
import { runChecks } from './check.mjs';
import { root } from './paths.mjs';
import { prepare } from './start.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/** @param {string[]} args passed on to Vitest */
export async function test(args) {
  const node = await prepare();
  await ensureSystemPackages('test');
  const checks = args.length === 0 ? await runChecks(node) : { passed: 0, failed: 0 };
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const code = await handOver(node, [vitest, 'run', ...args], {
    cwd: root,
    // The reporter counts them in, so that the last line tells the whole.
    env: { ...process.env, NIGHTLATCH_CHECKS: JSON.stringify(checks) },
  });
  return code !== 0 ? code : Math.min(checks.failed, 1);
}
