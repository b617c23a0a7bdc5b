import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { type CounterMemory, createCounterMemory, DEFAULT_CAPACITY } from '../storage/counters/counter-memory.ts';
import { createSharedCounters, type SharedCounters } from '../storage/counters/shared-counters.ts';

const Int = z.int().min(-0x80000000).max(0x7fffffff);

/** Signed deliveries that the application took, as hashes under `seed`: nothing of what they said. */
const Deliveries = z.strictObject({
  format: z.literal(1),
  seed: z.tuple([Int, Int]),
  marks: z.array(z.tuple([Int, Int, z.number()])).max(DEFAULT_CAPACITY),
});

const EVERY_MS = 10_000;

const fileIn = (dataDir: string): string => join(dataDir, 'deliveries.json');

/** The memory of signed deliveries, with what the run before has let in: a restart lets none of them in a second time. */
export function openDeliveryMemory(dataDir: string, clock: Clock, logger: Logger): CounterMemory {
  const kept = read(dataDir, logger);
  if (kept === null) return createCounterMemory();
  const memory = createCounterMemory({ seed: kept.seed });
  createSharedCounters(memory).restoreMarks(kept.marks, clock.now());
  return memory;
}

/** Writes them down every ten seconds while they change, and once more when the returned function ends it. */
export function keepDeliveries(memory: CounterMemory, dataDir: string, clock: Clock, logger: Logger): () => void {
  const counters = createSharedCounters(memory);
  const keep = (): void => write(counters, memory, dataDir, clock, logger);
  const timer = setInterval(keep, EVERY_MS).unref();
  return () => {
    clearInterval(timer);
    keep();
  };
}

function read(dataDir: string, logger: Logger): z.infer<typeof Deliveries> | null {
  try {
    return Deliveries.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      const told = { error: String(error) };
      logger.error(told, 'the kept webhook deliveries cannot be used; they are remembered anew from now on');
    }
    return null;
  }
}

function write(counters: SharedCounters, { seed }: CounterMemory, dataDir: string, clock: Clock, logger: Logger): void {
  if (!counters.changed()) return;
  const file = fileIn(dataDir);
  try {
    const content = { format: 1, seed, marks: counters.settledMarks(clock.now()) };
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    logger.error({ error: String(error) }, 'the webhook deliveries could not be kept on disk');
  }
}
