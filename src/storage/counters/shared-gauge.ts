import { type CounterTable, FLOAT, INT, KIND } from './counter-table.ts';
import type { Gauge } from './counters.ts';
import type { KeyedHash } from './keyed-hash.ts';

/** How many are in at once. Each thread counts in a place of its own, so that what a thread that died held can be given back. */
export class SharedGauge implements Gauge {
  readonly #table: CounterTable;
  readonly #hash: KeyedHash;
  readonly #max: number;
  readonly #worker: number;

  constructor(table: CounterTable, hash: KeyedHash, max: number, worker: number) {
    this.#table = table;
    this.#hash = hash;
    this.#max = max;
    this.#worker = worker;
  }

  enter(key: string, at: number): number {
    const table = this.#table;
    this.#hash.hash(key);
    const { high, low } = this.#hash;
    const bucket = table.bucketOf(low);
    table.locks.acquire(bucket);
    const entry = table.claim(bucket, high, low, KIND.gauge, this.#max, at + table.clockOffset);
    const entered = entry !== -1 && this.#count(entry);
    table.locks.release(bucket);
    return entered ? entry : -1;
  }

  leave(ticket: number): void {
    const table = this.#table;
    const bucket = table.bucketOf(table.ints[table.intsOf(ticket) + INT.low] ?? 0);
    table.locks.acquire(bucket);
    take(table, ticket, this.#worker, 1);
    table.locks.release(bucket);
  }

  #count(entry: number): boolean {
    const { ints, floats } = this.#table;
    const int = this.#table.intsOf(entry);
    const total = ints[int + INT.total] ?? 0;
    if (total >= this.#max) return false;
    ints[int + INT.total] = total + 1;
    ints[int + INT.counts + this.#worker] = (ints[int + INT.counts + this.#worker] ?? 0) + 1;
    floats[this.#table.floatsOf(entry) + FLOAT.expiresAt] = Number.POSITIVE_INFINITY;
    return true;
  }
}

/** Gives back what a thread that has ended still held. */
export function emptyGaugesOf(table: CounterTable, worker: number): void {
  table.forEach((entry) => {
    const int = table.intsOf(entry);
    if (table.ints[int + INT.kind] !== KIND.gauge) return;
    take(table, entry, worker, table.ints[int + INT.counts + worker] ?? 0);
  });
}

function take(table: CounterTable, entry: number, worker: number, count: number): void {
  const { ints, floats } = table;
  const int = table.intsOf(entry);
  const held = Math.min(count, ints[int + INT.counts + worker] ?? 0);
  ints[int + INT.counts + worker] = (ints[int + INT.counts + worker] ?? 0) - held;
  ints[int + INT.total] = (ints[int + INT.total] ?? 0) - held;
  if (ints[int + INT.total] === 0) floats[table.floatsOf(entry) + FLOAT.expiresAt] = 0;
}
