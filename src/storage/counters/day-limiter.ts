import { type CounterTable, FLOAT, INT, KIND } from './counter-table.ts';
import type { HitResult, Limiter } from './counters.ts';
import type { KeyedHash } from './keyed-hash.ts';

export const DAY_MS = 86_400_000;

/**
 * So many per calendar day in UTC. A clock that is set back into the day before gives nobody a fresh quota; one that is set back
 * further was wrong before, and counting begins anew.
 */
export class DayLimiter implements Limiter {
  readonly #table: CounterTable;
  readonly #hash: KeyedHash;
  readonly #quota: number;
  readonly #result: HitResult = { allowed: true, remaining: 0, resetMs: 0 };

  constructor(table: CounterTable, hash: KeyedHash, quota: number) {
    this.#table = table;
    this.#hash = hash;
    this.#quota = quota;
  }

  hit(key: string, unixMs: number, cost = 1): HitResult {
    const table = this.#table;
    const { ints, floats, locks } = table;
    this.#hash.hash(key);
    const { high, low } = this.#hash;
    const bucket = table.bucketOf(low);
    const result = this.#result;
    const now = table.now();
    const today = Math.floor(unixMs / DAY_MS);
    result.resetMs = (today + 1) * DAY_MS - unixMs;
    locks.acquire(bucket);
    const entry = table.claim(bucket, high, low, KIND.day, this.#quota, now);
    if (entry === -1) {
      locks.release(bucket);
      result.allowed = false;
      result.remaining = 0;
      return result;
    }
    const int = table.intsOf(entry);
    const float = table.floatsOf(entry);
    const day = floats[float + FLOAT.times] ?? 0;
    if (day === 0 || today > day || today < day - 1) {
      floats[float + FLOAT.times] = today;
      ints[int + INT.total] = 0;
    }
    // Two days: the entry must outlive the midnight that a clock set back brings again.
    floats[float + FLOAT.expiresAt] = now + result.resetMs + DAY_MS;
    const total = ints[int + INT.total] ?? 0;
    result.allowed = total + cost <= this.#quota;
    if (result.allowed) ints[int + INT.total] = total + cost;
    result.remaining = this.#quota - (ints[int + INT.total] ?? 0);
    locks.release(bucket);
    if (result.allowed) table.noteChange();
    return result;
  }
}
