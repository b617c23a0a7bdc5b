import { BUCKET, type CounterMemory, ENTRY_BYTES, HEADER_BYTES } from './counter-memory.ts';
import { ThreadLocks } from './thread-lock.ts';

/** A window is counted in this many slots: a hit leaves at most 1/16 of the window late. One more is the slot that begins. */
export const SLOTS = 16;
export const RING = SLOTS + 1;

/** Whole numbers of an entry. */
export const INT = { high: 0, low: 1, kind: 2, total: 3, quota: 4, counts: 5 } as const;
/** Floats of an entry; times are milliseconds on the table's clock. */
export const FLOAT = { expiresAt: 0, oldest: 1, times: 2 } as const;

export const KIND = { window: 1, day: 2, gauge: 3, mark: 4 } as const;
type Kind = (typeof KIND)[keyof typeof KIND];

const FLOATS_PER_ENTRY = ENTRY_BYTES / 8;
const INTS_PER_ENTRY = ENTRY_BYTES / 4;
const FIRST_INT = (FLOAT.times + RING) * 2;

/**
 * Keys and their counts in memory that all threads share: a hash table of fixed size in buckets of eight. Whoever works on an
 * entry holds the lock of its bucket. `ints` and `floats` are read and written at what {@link intsOf} and {@link floatsOf} say.
 */
export class CounterTable {
  readonly ints: Int32Array;
  readonly floats: Float64Array;
  readonly locks: ThreadLocks;
  readonly capacity: number;
  /** What to add to this thread's `performance.now()`: every thread starts that clock at its own moment. */
  readonly clockOffset: number;
  readonly #header: Int32Array;
  /** The upper half of each entry's hash once more, side by side: a bucket is searched in one line of the processor's cache. */
  readonly #tags: Int32Array;

  constructor({ buffer, capacity }: CounterMemory) {
    this.capacity = capacity;
    this.#header = new Int32Array(buffer, 0, HEADER_BYTES / 4);
    this.floats = new Float64Array(buffer, HEADER_BYTES, capacity * FLOATS_PER_ENTRY);
    this.ints = new Int32Array(buffer, HEADER_BYTES, capacity * INTS_PER_ENTRY);
    const behind = HEADER_BYTES + capacity * ENTRY_BYTES;
    this.#tags = new Int32Array(buffer, behind, capacity);
    this.locks = new ThreadLocks(new Int32Array(buffer, behind + capacity * 4, capacity / BUCKET));
    this.clockOffset = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  }

  now(): number {
    return Math.floor(performance.now() + this.clockOffset);
  }

  intsOf(entry: number): number {
    return entry * INTS_PER_ENTRY + FIRST_INT;
  }

  floatsOf(entry: number): number {
    return entry * FLOATS_PER_ENTRY;
  }

  bucketOf(low: number): number {
    return (low >>> 0) % (this.capacity / BUCKET);
  }

  /**
   * The entry of a hash, made when there is none; its bucket must be locked. In a full bucket that entry makes room which is
   * furthest from its quota, of equal ones the one that ends first: a flood of new keys pushes out what says least. Who is in
   * (a gauge) is never pushed out: -1 when a bucket holds nothing else.
   */
  claim(bucket: number, high: number, low: number, kind: Kind, quota: number, now: number): number {
    const known = this.find(bucket, high, low, kind, now);
    return known === -1 ? this.#makeRoom(bucket * BUCKET, high, low, kind, quota, now) : known;
  }

  /** The entry of a hash that still counts, -1 when there is none; its bucket must be locked. */
  find(bucket: number, high: number, low: number, kind: Kind, now: number): number {
    const { ints, floats } = this;
    const first = bucket * BUCKET;
    for (let entry = first; entry < first + BUCKET; entry++) {
      if (this.#tags[entry] !== high) continue;
      const at = this.intsOf(entry);
      const known = ints[at + INT.low] === low && ints[at + INT.high] === high && ints[at + INT.kind] === kind;
      if (known && (floats[this.floatsOf(entry) + FLOAT.expiresAt] ?? 0) > now) return entry;
    }
    return -1;
  }

  #makeRoom(first: number, high: number, low: number, kind: Kind, quota: number, now: number): number {
    const { ints, floats } = this;
    let room = -1;
    let least = Number.POSITIVE_INFINITY;
    let ends = Number.POSITIVE_INFINITY;
    for (let entry = first; entry < first + BUCKET; entry++) {
      const at = this.intsOf(entry);
      const expiresAt = floats[this.floatsOf(entry) + FLOAT.expiresAt] ?? 0;
      if (expiresAt <= now) {
        if (least !== -1) room = entry;
        least = -1;
        continue;
      }
      if (ints[at + INT.kind] === KIND.gauge) continue;
      const share = (ints[at + INT.total] ?? 0) / (ints[at + INT.quota] ?? 1);
      if (share < least || (share === least && expiresAt < ends)) {
        room = entry;
        least = share;
        ends = expiresAt;
      }
    }
    if (room !== -1) this.#begin(room, high, low, kind, quota);
    return room;
  }

  #begin(entry: number, high: number, low: number, kind: Kind, quota: number): void {
    const at = this.intsOf(entry);
    this.#tags[entry] = high;
    this.ints.fill(0, at, at + INT.counts + RING);
    this.ints[at + INT.high] = high;
    this.ints[at + INT.low] = low;
    this.ints[at + INT.kind] = kind;
    this.ints[at + INT.quota] = quota;
    const from = this.floatsOf(entry);
    this.floats.fill(0, from, from + FLOAT.times + RING);
  }

  /** What is kept over a restart (day quotas, settled marks) has changed since {@link takeChange} was last asked. */
  noteChange(): void {
    Atomics.store(this.#header, 0, 1);
  }

  takeChange(): boolean {
    return Atomics.exchange(this.#header, 0, 0) === 1;
  }

  /** Calls `look` with each entry, its bucket locked. */
  forEach(look: (entry: number) => void): void {
    for (let bucket = 0; bucket < this.capacity / BUCKET; bucket++) {
      this.locks.acquire(bucket);
      for (let entry = bucket * BUCKET; entry < (bucket + 1) * BUCKET; entry++) look(entry);
      this.locks.release(bucket);
    }
  }
}
