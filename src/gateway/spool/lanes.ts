import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listLanes } from './segments.ts';
import { SPOOL_LIMITS, Spool, type SpoolOptions } from './spool.ts';

export type Lanes = {
  /** Lanes from earlier runs with more workers: nobody writes them, and they are still to be shipped. */
  readonly idle: readonly Spool[];
  /** What each lane that is written may take, so that all together stay within the caps. */
  readonly limits: SpoolOptions;
};

/** Divides the caps of a spool between `writers` lanes, 0 and up, and those that earlier runs have left behind. */
export function openLanes(
  dataDir: string,
  writers: number,
  options: SpoolOptions,
  deps: ConstructorParameters<typeof Spool>[2],
): Lanes {
  const folder = join(dataDir, 'spool');
  const left = existsSync(folder) ? listLanes(folder).filter((lane) => lane >= writers) : [];
  const maxBytes = Math.floor((options.maxBytes ?? SPOOL_LIMITS.maxBytes) / (writers + left.length));
  const limits = { ...options, maxBytes };
  const idle = left.map((lane) => {
    const spool = new Spool(dataDir, { ...limits, lane }, deps);
    spool.retire();
    return spool;
  });
  return { idle, limits };
}
