import { type CounterTable, FLOAT, INT, KIND } from './counter-table.ts';
import type { Marks } from './counters.ts';
import type { KeyedHash } from './keyed-hash.ts';

/** Where an entry says whose it is until it is settled: the thread's number and one, 0 afterwards. */
const OWNER = INT.counts;

/** Marks in memory that all threads share. What a thread that ends has not settled may be taken again. */
export class SharedMarks implements Marks {
  readonly #table: CounterTable;
  readonly #hash: KeyedHash;
  readonly #worker: number;

  constructor(table: CounterTable, hash: KeyedHash, worker: number) {
    this.#table = table;
    this.#hash = hash;
    this.#worker = worker;
  }

  take(key: string, now: number, keepMs: number): boolean {
    const table = this.#table;
    this.#hash.hash(key);
    const { high, low } = this.#hash;
    const bucket = table.bucketOf(low);
    table.locks.acquire(bucket);
    // One that is over is taken again where it stands: a key never has two entries.
    const known = table.find(bucket, high, low, KIND.mark, 0);
    const counts = known !== -1 && (table.floats[table.floatsOf(known) + FLOAT.expiresAt] ?? 0) > now;
    const free = known === -1 ? table.claim(bucket, high, low, KIND.mark, 1, now) : known;
    const entry = counts ? -1 : free;
    if (entry !== -1) {
      table.ints[table.intsOf(entry) + INT.total] = 1;
      table.ints[table.intsOf(entry) + OWNER] = this.#worker + 1;
      table.floats[table.floatsOf(entry) + FLOAT.expiresAt] = now + keepMs;
    }
    table.locks.release(bucket);
    return entry !== -1;
  }

  settle(key: string): void {
    this.#with(key, (entry) => {
      this.#table.ints[this.#table.intsOf(entry) + OWNER] = 0;
      this.#table.noteChange();
    });
  }

  drop(key: string): void {
    this.#with(key, (entry) => {
      this.#table.floats[this.#table.floatsOf(entry) + FLOAT.expiresAt] = 0;
    });
  }

  #with(key: string, change: (entry: number) => void): void {
    const table = this.#table;
    this.#hash.hash(key);
    const { high, low } = this.#hash;
    const bucket = table.bucketOf(low);
    table.locks.acquire(bucket);
    const entry = table.find(bucket, high, low, KIND.mark, 0);
    if (entry !== -1 && table.ints[table.intsOf(entry) + OWNER] === this.#worker + 1) change(entry);
    table.locks.release(bucket);
  }
}

/** What a thread that has ended had taken and not settled may be taken again. */
export function dropMarksOf(table: CounterTable, worker: number): void {
  table.forEach((entry) => {
    const int = table.intsOf(entry);
    if (table.ints[int + INT.kind] !== KIND.mark || table.ints[int + OWNER] !== worker + 1) return;
    table.floats[table.floatsOf(entry) + FLOAT.expiresAt] = 0;
  });
}

/** A settled mark: the hash of its key, and until when it is noted (Unix milliseconds). */
export type KeptMark = [high: number, low: number, expiresAt: number];

/** Those that are settled and still count, to be kept over a restart. They mean something under the same seed only. */
export function settledMarksOf(table: CounterTable, now: number): KeptMark[] {
  const marks: KeptMark[] = [];
  table.forEach((entry) => {
    const int = table.intsOf(entry);
    const expiresAt = table.floats[table.floatsOf(entry) + FLOAT.expiresAt] ?? 0;
    if (table.ints[int + INT.kind] !== KIND.mark || table.ints[int + OWNER] !== 0 || expiresAt <= now) return;
    marks.push([table.ints[int + INT.high] ?? 0, table.ints[int + INT.low] ?? 0, expiresAt]);
  });
  return marks;
}

export function restoreMarks(table: CounterTable, marks: readonly KeptMark[], now: number): void {
  for (const [high, low, expiresAt] of marks) {
    if (expiresAt <= now) continue;
    const bucket = table.bucketOf(low);
    table.locks.acquire(bucket);
    const entry = table.claim(bucket, high, low, KIND.mark, 1, now);
    if (entry !== -1) {
      table.ints[table.intsOf(entry) + INT.total] = 1;
      table.floats[table.floatsOf(entry) + FLOAT.expiresAt] = expiresAt;
    }
    table.locks.release(bucket);
  }
}
