'use strict';

/**
 * Gives the terminal to another process and steps back: its output is ours, our signals are its, its end is our end.
 */

const { spawn } = require('node:child_process');

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** What a shell answers for a process that a signal ended (128 + number). */
const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGKILL: 137, SIGSEGV: 139, SIGTERM: 143 };

/** How often to look whether whoever started us is still there. */
const LOOK_MS = 500;

/**
 * Runs a program in the foreground until it ends.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code; 128 + n when signal n ended it
 */
function handOver(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'inherit' });
    const forwarded = new Set();
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // Ctrl-C reaches the whole foreground group: the child has it already, and twice means "at once" to many programs.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      if (forwarded.has(signal)) return;
      forwarded.add(signal);
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    // npm told to stop ends without telling the command it runs; the program would go on unseen and keep its ports.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) forward('SIGTERM');
    }, LOOK_MS);
    const stepBack = () => {
      clearInterval(watch);
      for (const signal of SIGNALS) process.off(signal, forward);
    };
    child.on('error', (error) => {
      stepBack();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stepBack();
      resolve(code ?? SIGNAL_EXIT[/** @type {keyof typeof SIGNAL_EXIT} */ (signal)] ?? 1);
    });
  });
}

module.exports = { handOver };
