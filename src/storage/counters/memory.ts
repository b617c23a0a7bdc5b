import type { Counters, HitResult, Limiter, LimiterOptions } from './counters.ts';

/** A window is counted in this many slots: memory per key stays small, a hit leaves at most 1/16 of the window late. */
const SLOTS = 16;
const MAX_KEYS = 200_000;
const SWEEP_MIN_MS = 30_000;

/** Counters of one process. */
export function createMemoryCounters(options: { maxKeysPerLimiter?: number } = {}): Counters {
  const limiters = new Map<string, MemoryLimiter>();
  return {
    limiter(id, limiterOptions) {
      const known = limiters.get(id);
      if (known?.sameAs(limiterOptions)) return known;
      const limiter = new MemoryLimiter(limiterOptions, options.maxKeysPerLimiter ?? MAX_KEYS);
      limiters.set(id, limiter);
      return limiter;
    },
    retain(ids) {
      for (const id of limiters.keys()) if (!ids.has(id)) limiters.delete(id);
    },
  };
}

/**
 * Hits of one key. `slots` holds three numbers a slot, oldest first: time of its first hit, of its last hit, and how many. Whole
 * milliseconds keep it an array of small integers, which is one object and not a hundred.
 */
type Entry = { total: number; slots: number[] };

class MemoryLimiter implements Limiter {
  readonly #quota: number;
  readonly #windowMs: number;
  readonly #slotMs: number;
  readonly #maxKeys: number;
  readonly #entries = new Map<string, Entry>();
  readonly #result: HitResult = { allowed: true, remaining: 0, resetMs: 0 };
  #nextSweep = 0;

  constructor(options: LimiterOptions, maxKeys: number) {
    this.#quota = options.quota;
    this.#windowMs = options.windowMs;
    this.#slotMs = options.windowMs / SLOTS;
    this.#maxKeys = maxKeys;
  }

  sameAs(options: LimiterOptions): boolean {
    return options.quota === this.#quota && options.windowMs === this.#windowMs;
  }

  hit(key: string, at: number): HitResult {
    const now = Math.floor(at);
    if (now >= this.#nextSweep) this.#sweep(now);
    const result = this.#result;
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      if (this.#entries.size >= this.#maxKeys) this.#evictOldest();
      this.#entries.set(key, { total: 1, slots: [now, now, 1] });
      result.allowed = true;
      result.remaining = this.#quota - 1;
      result.resetMs = this.#windowMs;
      return result;
    }
    const { slots } = entry;
    if ((slots[1] ?? now) <= now - this.#windowMs) this.#expire(entry, now);
    result.resetMs = (slots[1] ?? now) + this.#windowMs - now;
    if (entry.total >= this.#quota) {
      result.allowed = false;
      result.remaining = 0;
      return result;
    }
    const last = slots.length - 3;
    const lastStart = slots[last];
    if (lastStart !== undefined && now - lastStart < this.#slotMs) {
      slots[last + 1] = now;
      slots[last + 2] = (slots[last + 2] ?? 0) + 1;
    } else slots.push(now, now, 1);
    entry.total++;
    result.allowed = true;
    result.remaining = this.#quota - entry.total;
    return result;
  }

  #expire(entry: Entry, now: number): void {
    const { slots } = entry;
    const horizon = now - this.#windowMs;
    let gone = 0;
    while (gone < slots.length && (slots[gone + 1] ?? 0) <= horizon) {
      entry.total -= slots[gone + 2] ?? 0;
      gone += 3;
    }
    slots.splice(0, gone);
  }

  #sweep(now: number): void {
    this.#nextSweep = now + Math.max(this.#windowMs, SWEEP_MIN_MS);
    const horizon = now - this.#windowMs;
    for (const [key, entry] of this.#entries) {
      const newest = entry.slots.at(-2);
      if (newest === undefined || newest <= horizon) this.#entries.delete(key);
    }
  }

  /** A flood of new keys must not grow memory without bound: the key that came first makes room. */
  #evictOldest(): void {
    for (const key of this.#entries.keys()) {
      this.#entries.delete(key);
      return;
    }
  }
}
