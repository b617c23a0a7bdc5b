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

/** Hits of one key: parallel arrays of slots, oldest first. */
type Entry = { starts: number[]; lastHits: number[]; counts: number[]; total: number };

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

  hit(key: string, now: number): HitResult {
    if (now >= this.#nextSweep) this.#sweep(now);
    const result = this.#result;
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      if (this.#entries.size >= this.#maxKeys) this.#evictOldest();
      this.#entries.set(key, { starts: [now], lastHits: [now], counts: [1], total: 1 });
      result.allowed = true;
      result.remaining = this.#quota - 1;
      result.resetMs = this.#windowMs;
      return result;
    }
    this.#expire(entry, now);
    const oldest = entry.lastHits[0];
    const resetMs = oldest === undefined ? this.#windowMs : oldest + this.#windowMs - now;
    result.resetMs = resetMs;
    if (entry.total >= this.#quota) {
      result.allowed = false;
      result.remaining = 0;
      return result;
    }
    const last = entry.starts.length - 1;
    const lastStart = entry.starts[last];
    if (lastStart !== undefined && now - lastStart < this.#slotMs) {
      entry.counts[last] = (entry.counts[last] ?? 0) + 1;
      entry.lastHits[last] = now;
    } else {
      entry.starts.push(now);
      entry.lastHits.push(now);
      entry.counts.push(1);
    }
    entry.total++;
    result.allowed = true;
    result.remaining = this.#quota - entry.total;
    return result;
  }

  #expire(entry: Entry, now: number): void {
    const horizon = now - this.#windowMs;
    let first = entry.lastHits[0];
    while (first !== undefined && first <= horizon) {
      entry.total -= entry.counts[0] ?? 0;
      entry.starts.shift();
      entry.lastHits.shift();
      entry.counts.shift();
      first = entry.lastHits[0];
    }
  }

  #sweep(now: number): void {
    this.#nextSweep = now + Math.max(this.#windowMs, SWEEP_MIN_MS);
    const horizon = now - this.#windowMs;
    for (const [key, entry] of this.#entries) {
      const newest = entry.lastHits.at(-1);
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
