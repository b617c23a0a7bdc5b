/** Verb `check`: format and lint, types, import rules, dead code. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { handOver } from '../../bin/hand-over.cjs';
import { root } from './paths.mjs';
import { prepare } from './start.mjs';

/**
 * The tools in the order they run, each a script that the runtime runs.
 *
 * @type {readonly { title: string, script: string, args: string[], only?: string }[]}
 */
const tools = [
  {
    title: 'Format and lint',
    script: 'node_modules/@biomejs/biome/bin/biome',
    // Each letter coloured for itself makes a log of a build unreadable.
    args: ['ci', '--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.'],
  },
  { title: 'Types', script: 'node_modules/typescript/bin/tsc', args: ['-p', 'tsconfig.json'] },
  {
    title: 'Types of the console',
    script: 'node_modules/typescript/bin/tsc',
    args: ['-p', 'console/tsconfig.json', '--noEmit'],
    only: 'console/tsconfig.json',
  },
  {
    title: 'Import rules',
    script: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', '.'],
  },
  { title: 'Dead code', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
];

export async function check() {
  const { failed } = await runChecks(await prepare());
  return failed === 0 ? 0 : 1;
}

/**
 * Runs all of them, also after one failed, so that one run shows everything there is to mend.
 *
 * @param {string} node path of the runtime
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(node) {
  let failed = 0;
  const applicable = tools.filter((tool) => tool.only === undefined || existsSync(join(root, tool.only)));
  for (const tool of applicable) {
    console.log(`\n${tool.title}`);
    const code = await handOver(node, [join(root, tool.script), ...tool.args], { cwd: root });
    if (code !== 0) failed += 1;
    console.log(code === 0 ? '  in order' : `  ${tool.title}: FAILED`);
  }
  return { passed: applicable.length - failed, failed };
}
