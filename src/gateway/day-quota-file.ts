import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../platform/logger.ts';
import { type CounterMemory, createCounterMemory } from '../storage/counters/counter-memory.ts';
import { createSharedCounters, type SharedCounters } from '../storage/counters/shared-counters.ts';

const Int = z.int().min(-0x80000000).max(0x7fffffff);

/** Keys stand in it as hashes under `seed`: no names and no addresses. */
const DayQuotas = z.strictObject({
  format: z.literal(1),
  seed: z.tuple([Int, Int]),
  counts: z.array(z.tuple([Int, Int, z.int().min(0), Int.min(0)])),
});

const EVERY_MS = 10_000;

const fileIn = (dataDir: string): string => join(dataDir, 'day-quotas.json');

/**
 * The memory in which a process counts, with the day quotas of the run before. With several workers the main thread makes it and
 * hands it on; one thread alone keeps it.
 */
export function openCounterMemory(dataDir: string, logger: Logger): CounterMemory {
  const kept = read(dataDir, logger);
  if (kept === null) return createCounterMemory();
  const memory = createCounterMemory({ seed: kept.seed });
  createSharedCounters(memory).restoreDays(kept.counts);
  return memory;
}

/** Writes the day quotas down every ten seconds while they change, and once more when the returned function ends it. */
export function keepDayQuotas(memory: CounterMemory, dataDir: string, logger: Logger): () => void {
  const counters = createSharedCounters(memory);
  const timer = setInterval(() => write(counters, memory, dataDir, logger), EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    write(counters, memory, dataDir, logger);
  };
}

function read(dataDir: string, logger: Logger): z.infer<typeof DayQuotas> | null {
  try {
    return DayQuotas.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      logger.error({ error: String(error) }, 'the kept day quotas cannot be used; they are counted anew from now on');
    }
    return null;
  }
}

function write(counters: SharedCounters, memory: CounterMemory, dataDir: string, logger: Logger): void {
  if (!counters.changed()) return;
  const file = fileIn(dataDir);
  try {
    const content = { format: 1, seed: memory.seed, counts: counters.days() };
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    logger.error({ error: String(error) }, 'the day quotas could not be kept on disk');
  }
}
