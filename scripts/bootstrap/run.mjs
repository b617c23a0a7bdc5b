/** Runs a program quietly: its output is kept and shown only when it fails. */

import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** How much of a failed program's output is worth showing, in characters. */
const TAIL = 4000;

/**
 * @typedef {{ code: number, output: string }} Outcome exit code (-1: could not be started) and the end of what was printed
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<Outcome>} never rejects
 */
export function runQuietly(program, args, options) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk).slice(-TAIL);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, output: output.trim() }));
  });
}
