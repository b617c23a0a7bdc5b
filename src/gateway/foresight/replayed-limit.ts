import type { SnapshotRateLimit } from '../../contracts/snapshot/snapshot-limits.ts';

const DAY_MS = 86_400_000;

/** What still counts, oldest first from `from` on; `total` is the sum of its costs. */
type Counted = { passed: { time: number; cost: number }[]; from: number; total: number };

/**
 * A limit as it would have counted recorded calls. The gateway's own counters live in the present and in a memory of fixed size;
 * these take the times of the record, in its order, and keep all that still counts.
 */
export class ReplayedLimit {
  readonly name: string;
  readonly detail: string;
  readonly #quota: number;
  readonly #windowMs: number;
  readonly #byDay: boolean;
  readonly #times = new Map<string, Counted>();

  constructor({ name, quota, windowMs, per }: SnapshotRateLimit) {
    this.name = name;
    this.#quota = quota;
    this.#windowMs = windowMs;
    this.#byDay = per === 'day';
    this.detail = `${name}: ${quota} per ${this.#byDay ? 'day' : `${windowMs / 1000} s`}`;
  }

  /** Whether the call is within the limit; it counts then. Times in Unix milliseconds, not falling for one key. */
  allows(key: string, time: number, cost: number): boolean {
    const entry = this.#times.get(key) ?? { passed: [], from: 0, total: 0 };
    this.#times.set(key, entry);
    this.#forget(entry, this.#byDay ? Math.floor(time / DAY_MS) * DAY_MS - 1 : time - this.#windowMs);
    const counted = Math.min(cost, this.#quota);
    if (entry.total + counted > this.#quota) return false;
    entry.passed.push({ time, cost: counted });
    entry.total += counted;
    return true;
  }

  #forget(entry: Counted, horizon: number): void {
    for (let one = entry.passed[entry.from]; one !== undefined && one.time <= horizon; one = entry.passed[entry.from]) {
      entry.total -= one.cost;
      entry.from++;
    }
    if (entry.from < 1_000 || entry.from * 2 < entry.passed.length) return;
    entry.passed = entry.passed.slice(entry.from);
    entry.from = 0;
  }
}
