/** What a limiter says about one hit. A single object is reused for every call: read it before the next hit. */
export type HitResult = {
  allowed: boolean;
  /** Hits left in the window after this one. */
  remaining: number;
  /** Milliseconds until the oldest counted hits leave the window (allowed), or until the next hit can pass (refused). */
  resetMs: number;
};

/**
 * Counts hits per key within a sliding window: never more than `quota` in any span of `windowMs`. Hits that are refused do
 * not count. `now` is a monotonic time in milliseconds, so that a clock set back changes nothing.
 */
export type Limiter = { hit(key: string, now: number): HitResult };

export type LimiterOptions = { quota: number; windowMs: number };

/** Where limits are counted. A limiter asked for again under the same id and options goes on with its counts. */
export type Counters = {
  limiter(id: string, options: LimiterOptions): Limiter;
  /** Forgets the limiters whose ids are not named, after a new configuration. */
  retain(ids: ReadonlySet<string>): void;
};
