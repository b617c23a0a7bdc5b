import { availableParallelism } from 'node:os';
import { AppError } from '../../platform/app-error.ts';

export const MOST = 16;

/** `1` to `16`, or `auto`: one for each core. Throws `AppError('settings-invalid')` that names where it was written. */
export function readWorkerCount(text: string, from: string): number {
  if (text === 'auto') return Math.min(MOST, availableParallelism());
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST) return count;
  throw new AppError('settings-invalid', `${from} is no number of workers: "${text}".`, {
    next: `Write a number from 1 to ${MOST}, or "auto" for one worker on each core.`,
  });
}
