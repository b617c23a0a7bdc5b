/** Verb `build`: what the npm package carries; JavaScript in dist/src and dist/practice, the console in dist/console. */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { SetupError, step } from './progress.mjs';
import { runQuietly } from './run.mjs';
import { prepare } from './start.mjs';

/** Folders that are compiled; the same tree arises below dist/, so that a file's neighbours stay its neighbours. */
const COMPILED = ['src', 'practice'];

export async function build() {
  const node = await prepare();
  await step('Compiling for the package', async () => {
    for (const folder of COMPILED) rmSync(join(root, 'dist', folder), { recursive: true, force: true });
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const outcome = await runQuietly(node, [tsc, '-p', 'tsconfig.build.json']);
    if (outcome.code !== 0) throw new SetupError(`The sources do not compile:\n\n${outcome.output}`);
    for (const folder of COMPILED) copyData(folder);
    await writeTypes(node, tsc);
  });
  return 0;
}

/**
 * What `import … from 'nightlatch/middleware'` and `'nightlatch/detection'` are typed by. The rest of the package is a program and
 * has no types to offer.
 */
const TYPED = [
  ...['index', 'guard', 'protect'].map((name) => `app/middleware/${name}`),
  ...['index', 'inspector', 'judge/judge', 'leaves/parsed-request'].map((name) => `detection/${name}`),
  'contracts/detection/attack-kinds',
].map((name) => join('src', `${name}.d.ts`));

/**
 * The compiler writes the types of everything that it comes across; only those of the package's entries are kept.
 *
 * @param {string} node path of the runtime
 * @param {string} tsc path of the compiler
 */
async function writeTypes(node, tsc) {
  const all = join(root, 'dist', 'types');
  const outcome = await runQuietly(node, [tsc, '-p', 'tsconfig.types.json']);
  if (outcome.code !== 0) throw new SetupError(`The types of the package cannot be written:\n\n${outcome.output}`);
  for (const file of TYPED) {
    // The compiler leaves the names of sources in them.
    const text = readFileSync(join(all, file), 'utf8').replace(/(from '\.{1,2}\/[\w/.-]+)\.ts'/g, "$1.js'");
    writeFileSync(join(root, 'dist', file), text);
  }
  rmSync(all, { recursive: true, force: true });
}

/**
 * Copies what compiled code reads at run time beside it: everything that is neither code nor a test's.
 *
 * @param {string} folder relative to the root
 */
function copyData(folder) {
  if (!existsSync(join(root, folder))) return;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'testdata') copyData(path);
    } else if (!/\.(ts|tsx|md)$/.test(entry.name)) {
      const target = join(root, 'dist', path);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(root, path), target);
    }
  }
}
