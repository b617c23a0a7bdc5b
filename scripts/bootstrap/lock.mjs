/** Lets one set-up at a time work on a thing; two commands started together wait for one another. */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../../bin/runtime.cjs';

const LOOK_AGAIN_MS = 200;

/** No step takes this long; an older lock belongs to a process id that was given out again. */
const STALE_MS = 30 * 60 * 1000;

/** Whether the wait was told; once for all steps is enough. */
let told = false;

/**
 * @template T
 * @param {string} thing absolute path of what is worked on
 * @param {() => Promise<T>} work
 * @param {string} [folder] where the lock files lie
 * @returns {Promise<T>}
 */
export async function withLock(thing, work, folder = join(cacheFolder(), 'locks')) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${createHash('sha256').update(thing).digest('hex').slice(0, 16)}.lock`);
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === 'nobody') continue;
    if (holder === 'dead') {
      removeStale(file);
      continue;
    }
    if (!told)
      process.stderr.write(`  Waiting for another Nightlatch command that is setting up (process ${holder})\n`);
    told = true;
    await sleep(LOOK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {number | 'dead' | 'nobody'} the process id of a living holder
 */
function holderOf(file) {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const pid = Number(readFileSync(file, 'utf8'));
    // A file is empty for the moment between being made and being written.
    if (pid === 0) return age > 5000 ? 'dead' : process.pid;
    return age < STALE_MS && isAlive(pid) ? pid : 'dead';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'nobody';
    throw error;
  }
}

/**
 * Renaming first makes sure that of two waiters only one removes it; a lock that was new after all is put back.
 *
 * @param {string} file
 */
function removeStale(file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside) === 'dead') rmSync(aside, { force: true });
    else renameSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
