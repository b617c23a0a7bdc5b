/** Runs a program quietly: its output is kept and shown only when it fails. */

import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** How much of a failed program's output is worth showing, in characters: the reason stands first, a summary last. */
const HEAD = 3000;
const TAIL = 1000;

/**
 * @typedef {{ code: number, output: string }} Outcome exit code (-1: could not be started) and what was printed, shortened in its middle
 */

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<Outcome>} never rejects
 */
export function runQuietly(program, args, options) {
  return new Promise((resolve) => {
    let head = '';
    let tail = '';
    const child = spawn(program, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      const text = chunk.toString();
      tail = (tail + text.slice(Math.max(0, HEAD - head.length))).slice(-TAIL);
      head += text.slice(0, Math.max(0, HEAD - head.length));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, output: `${head}${tail}`.trim() }));
  });
}
