import { type CounterTable, FLOAT, INT, KIND, RING, SLOTS } from './counter-table.ts';
import type { HitResult, Limiter, LimiterOptions } from './counters.ts';
import type { KeyedHash } from './keyed-hash.ts';

/** A sliding window in slots: each holds how many hits fell into it and when the last one did. */
export class WindowLimiter implements Limiter {
  readonly #table: CounterTable;
  readonly #hash: KeyedHash;
  readonly #quota: number;
  readonly #windowMs: number;
  readonly #slotMs: number;
  readonly #result: HitResult = { allowed: true, remaining: 0, resetMs: 0 };

  constructor(table: CounterTable, hash: KeyedHash, { quota, windowMs }: LimiterOptions) {
    this.#table = table;
    this.#hash = hash;
    this.#quota = quota;
    this.#windowMs = windowMs;
    this.#slotMs = windowMs / SLOTS;
  }

  hit(key: string, at: number, cost = 1): HitResult {
    const table = this.#table;
    const hash = this.#hash;
    hash.hash(key);
    const { high, low } = hash;
    const bucket = table.bucketOf(low);
    table.locks.acquire(bucket);
    const entry = table.claim(bucket, high, low, KIND.window, this.#quota, at + table.clockOffset);
    const result = entry === -1 ? this.#crowdedOut() : this.#count(entry, Math.floor(at + table.clockOffset), cost);
    table.locks.release(bucket);
    return result;
  }

  #count(entry: number, at: number, cost: number): HitResult {
    const { ints, floats } = this.#table;
    const int = this.#table.intsOf(entry);
    const float = this.#table.floatsOf(entry);
    const expiresAt = floats[float + FLOAT.expiresAt] ?? 0;
    // Another thread may have been a moment later and here first: time does not run backwards in one entry.
    const now = Math.max(at, expiresAt - this.#windowMs);
    const oldest = floats[float + FLOAT.oldest] ?? 0;
    if (oldest !== 0 && oldest + this.#windowMs <= now) this.#expire(int, float, now);
    const total = ints[int + INT.total] ?? 0;
    const result = this.#result;
    if (total + cost > this.#quota) {
      result.allowed = false;
      result.remaining = Math.max(0, this.#quota - total);
      result.resetMs = this.#waitFor(int, float, now, total + cost - this.#quota);
      return result;
    }
    const slot = Math.floor(now / this.#slotMs) % RING;
    ints[int + INT.counts + slot] = (ints[int + INT.counts + slot] ?? 0) + cost;
    ints[int + INT.total] = total + cost;
    floats[float + FLOAT.times + slot] = now;
    floats[float + FLOAT.expiresAt] = now + this.#windowMs;
    // The oldest slot is found anew once it is left; until then hits into it move its time on.
    const begins = total === 0 || Math.floor((floats[float + FLOAT.oldest] ?? 0) / this.#slotMs) % RING === slot;
    if (begins) floats[float + FLOAT.oldest] = now;
    result.allowed = true;
    result.remaining = this.#quota - total - cost;
    result.resetMs = (floats[float + FLOAT.oldest] ?? now) + this.#windowMs - now;
    return result;
  }

  /** Slots whose last hit has left the window are emptied; the oldest of the others is noted. */
  #expire(int: number, float: number, now: number): void {
    const { ints, floats } = this.#table;
    let oldest = 0;
    let total = 0;
    for (let slot = 0; slot < RING; slot++) {
      const count = ints[int + INT.counts + slot] ?? 0;
      if (count === 0) continue;
      const time = floats[float + FLOAT.times + slot] ?? 0;
      if (time + this.#windowMs <= now) ints[int + INT.counts + slot] = 0;
      else {
        total += count;
        if (oldest === 0 || time < oldest) oldest = time;
      }
    }
    ints[int + INT.total] = total;
    floats[float + FLOAT.oldest] = oldest;
  }

  /** How long until slots that hold `excess` hits have left. Slots leave in the order of their times. */
  #waitFor(int: number, float: number, now: number, excess: number): number {
    const { ints, floats } = this.#table;
    let left = excess;
    let time = floats[float + FLOAT.oldest] ?? now;
    let slot = Math.floor(time / this.#slotMs) % RING;
    for (let step = 0; step < RING; step++, slot = (slot + 1) % RING) {
      const count = ints[int + INT.counts + slot] ?? 0;
      if (count === 0) continue;
      time = floats[float + FLOAT.times + slot] ?? now;
      left -= count;
      if (left <= 0) break;
    }
    return Math.max(1, time + this.#windowMs - now);
  }

  /** No room among those who are in right now: what cannot be counted does not pass. */
  #crowdedOut(): HitResult {
    this.#result.allowed = false;
    this.#result.remaining = 0;
    this.#result.resetMs = 1_000;
    return this.#result;
  }
}
