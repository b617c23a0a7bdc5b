/** Verb `bench`: the benchmarks, with the programs they are measured against. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from '../../bin/hand-over.cjs';
import { root } from './paths.mjs';
import { SetupError } from './progress.mjs';
import { prepare } from './start.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/** @param {string[]} args for bench/main.ts, for example `gateway` */
export async function bench(args) {
  const main = join(root, 'bench', 'main.ts');
  if (!existsSync(main)) throw new SetupError('There are no benchmarks in this folder (bench/main.ts is missing).');
  const node = await prepare();
  await ensureSystemPackages('bench');
  return handOver(node, [main, ...args], { cwd: root });
}
