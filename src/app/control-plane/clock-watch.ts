import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writePrivateFile } from '../private-file.ts';

const LastRun = z.object({ at: z.int() });
/** Clocks are corrected by seconds all the time; this much is something else. */
const TOLERATED_MS = 5 * 60_000;

/** Remembers what time it is, so that the next start can tell a clock that was set back. */
export function rememberTime(file: string, now: number): void {
  writePrivateFile(file, JSON.stringify({ at: now }));
}

/** By how many milliseconds the clock stands before the time that was known already; 0 when it does not. */
export function clockSetBackBy(file: string, now: number): number {
  try {
    const behind = LastRun.parse(JSON.parse(readFileSync(file, 'utf8'))).at - now;
    return behind > TOLERATED_MS ? behind : 0;
  } catch {
    // The first start, or a file that was damaged: there is nothing to compare with.
    return 0;
  }
}

/** One plain sentence about a clock that was set back, with what to do. */
export function clockWords(behindMs: number): string {
  const minutes = Math.round(behindMs / 60_000);
  const amount =
    minutes < 120
      ? `${minutes} minutes`
      : minutes < 2880
        ? `${Math.round(minutes / 60)} hours`
        : `${Math.round(minutes / 1440)} days`;
  return `The clock of this computer stands ${amount} before the time of the last run. Nothing is lost, but times in the record, sign-ins and expiry dates will be wrong: set the clock.`;
}
