'use strict';

/**
 * Starts the command line program in this very process: the TypeScript of a checkout, or the compiled JavaScript of an
 * installed package (Node strips no types inside node_modules).
 */

const fs = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { cacheFolder } = require('./runtime.cjs');

/** sysexits.h EX_SOFTWARE: a fault of ours, not of the caller's. */
const EXIT_INTERNAL = 70;

const root = path.dirname(__dirname);

function launch() {
  rememberCompiledCode();
  keepExperimentalNoticesQuiet();
  process.on('uncaughtException', fail);
  import(pathToFileURL(entry()).href)
    .then((program) => program.main(process.argv.slice(2)))
    .then((code) => {
      if (typeof code === 'number') process.exitCode = code;
    })
    .catch(fail);
}

/** @returns {string} the file that exports main(argv) */
function entry() {
  const source = path.join(root, 'src', 'cli', 'main.ts');
  const installed = root.split(path.sep).includes('node_modules');
  if (!installed && fs.existsSync(source)) return source;
  return path.join(root, 'dist', 'src', 'cli', 'main.js');
}

/** Keeps compiled code between starts, for this process and those it starts; a folder that cannot be written is no fault. */
function rememberCompiledCode() {
  process.env.NODE_COMPILE_CACHE ??= path.join(cacheFolder(), 'compiled');
  nodeModule.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
}

/** node:sqlite announces itself as experimental on every start; an owner can do nothing with that. Others pass. */
function keepExperimentalNoticesQuiet() {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && /SQLite/.test(warning.message)) return;
    for (const listener of listeners) listener.call(process, warning);
  });
}

/** @param {unknown} error */
function fail(error) {
  const message = error instanceof Error ? error.message : String(error);
  const firstLine = message.split('\n', 1)[0];
  console.error(`Nightlatch stopped because of a fault of its own: ${firstLine}`);
  if (process.env.NIGHTLATCH_DEBUG === '1') console.error(error);
  else console.error('Run it again with NIGHTLATCH_DEBUG=1 for the details a bug report needs.');
  process.exit(EXIT_INTERNAL);
}

module.exports = { launch };
