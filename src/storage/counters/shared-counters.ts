import type { CounterMemory } from './counter-memory.ts';
import { CounterTable, FLOAT, INT, KIND, RING } from './counter-table.ts';
import type { Counters, LimiterOptions } from './counters.ts';
import { DAY_MS, DayLimiter } from './day-limiter.ts';
import { KeyedHash } from './keyed-hash.ts';
import { emptyGaugesOf, SharedGauge } from './shared-gauge.ts';
import { dropMarksOf, type KeptMark, restoreMarks, SharedMarks, settledMarksOf } from './shared-marks.ts';
import { WindowLimiter } from './window-limiter.ts';

/** One key's count of a calendar day: hash of limiter and key, days since 1970, and how much was counted. */
export type DayCount = [high: number, low: number, day: number, total: number];

export type SharedCounters = Counters & {
  /** Whether day quotas were counted, or marks settled, since this was last asked. */
  changed(): boolean;
  /** The counts of today's quotas, to be kept over a restart. They mean something under the same seed only. */
  days(): DayCount[];
  restoreDays(counts: readonly DayCount[]): void;
  /** The settled marks that still count at `now` (Unix milliseconds), to be kept in the same way. */
  settledMarks(now: number): KeptMark[];
  restoreMarks(marks: readonly KeptMark[], now: number): void;
  /** Gives back what a worker that has ended still held: places under concurrency caps, marks that it has not settled. */
  forgetWorker(worker: number): void;
};

export const MOST_WORKERS = RING;

/**
 * Counters in memory that all threads of a process share: what one counts, all have counted. `worker` numbers the threads that
 * use the same memory, 0 to {@link MOST_WORKERS} - 1.
 */
export function createSharedCounters(memory: CounterMemory, worker = 0): SharedCounters {
  if (worker < 0 || worker >= MOST_WORKERS) throw new RangeError(`a worker's number is at most ${MOST_WORKERS - 1}`);
  const table = new CounterTable(memory);
  const names = new KeyedHash(...memory.seed);
  const hashFor = (name: string): KeyedHash => {
    names.hash(name);
    return new KeyedHash(names.high, names.low);
  };
  return {
    limiter(id, options: LimiterOptions) {
      if (options.per === 'day') return new DayLimiter(table, hashFor(`day ${options.quota} ${id}`), options.quota);
      return new WindowLimiter(table, hashFor(`window ${options.quota} ${options.windowMs} ${id}`), options);
    },
    gauge: (id, max) => new SharedGauge(table, hashFor(`gauge ${id}`), max, worker),
    marks: (id) => new SharedMarks(table, hashFor(`marks ${id}`), worker),
    changed: () => table.takeChange(),
    days: () => {
      const counts: DayCount[] = [];
      table.forEach((entry) => {
        const int = table.intsOf(entry);
        const [high = 0, low = 0, kind, total = 0] = table.ints.subarray(int, int + 4);
        if (kind !== KIND.day || total === 0) return;
        counts.push([high, low, table.floats[table.floatsOf(entry) + FLOAT.times] ?? 0, total]);
      });
      return counts;
    },
    restoreDays(counts) {
      for (const [high, low, day, total] of counts) {
        const bucket = table.bucketOf(low);
        table.locks.acquire(bucket);
        const entry = table.claim(bucket, high, low, KIND.day, total, table.now());
        if (entry !== -1) {
          table.ints[table.intsOf(entry) + INT.total] = total;
          table.floats[table.floatsOf(entry) + FLOAT.times] = day;
          table.floats[table.floatsOf(entry) + FLOAT.expiresAt] = table.now() + 2 * DAY_MS;
        }
        table.locks.release(bucket);
      }
    },
    settledMarks: (now) => settledMarksOf(table, now),
    restoreMarks: (marks, now) => restoreMarks(table, marks, now),
    forgetWorker(gone) {
      emptyGaugesOf(table, gone);
      dropMarksOf(table, gone);
    },
  };
}
