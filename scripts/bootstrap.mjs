/**
 * The one way in: `npm start`, `npm run practice`, `npm test`, `npm run check`, `npm run bench`, `npm run build` all come
 * here. Runs on any Node from 18 on and needs nothing installed, because it is what installs everything.
 */

import { bench } from './bootstrap/bench.mjs';
import { build } from './bootstrap/build.mjs';
import { check } from './bootstrap/check.mjs';
import { SetupError } from './bootstrap/progress.mjs';
import { practice, start } from './bootstrap/start.mjs';
import { test } from './bootstrap/test.mjs';

/** @type {Record<string, (args: string[]) => Promise<number>>} each verb takes its arguments and answers an exit code */
const verbs = { start, practice, test, check, bench, build };

const [verb = '', ...args] = process.argv.slice(2);
const run = verbs[verb];
if (run === undefined) {
  console.error(`There is no "${verb}". Say one of: ${Object.keys(verbs).join(', ')}.`);
  process.exitCode = 64;
} else {
  try {
    process.exitCode = await run(args);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 69;
  }
}
