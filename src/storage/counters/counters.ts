/** What a limiter says about one hit. A single object is reused for every call: read it before the next hit. */
export type HitResult = {
  allowed: boolean;
  /** Hits left in the window after this one. */
  remaining: number;
  /** Milliseconds until the oldest counted hits leave the window (allowed), or until this hit could pass (refused). */
  resetMs: number;
};

/**
 * Counts hits per key: never more than `quota` in any span of the window. Hits that are refused do not count. `cost` is how much
 * one hit counts, at most the quota.
 */
export type Limiter = {
  /**
   * `now` of a sliding window is `performance.now()` of the calling thread, so that a clock set back changes nothing; of a
   * calendar day it is Unix milliseconds.
   */
  hit(key: string, now: number, cost?: number): HitResult;
};

/** `per: 'day'` counts by calendar days in UTC; otherwise a window slides. */
export type LimiterOptions = { quota: number; windowMs: number; per?: 'window' | 'day' };

/** How many at once per key. */
export type Gauge = {
  /** A ticket to give back with `leave`; -1 when `max` are in already. */
  enter(key: string, now: number): number;
  leave(ticket: number): void;
};

/** What was seen once and must not be taken a second time. Needs a memory that counts nothing else, as its times are Unix milliseconds. */
export type Marks = {
  /** Notes a key for `keepMs` from `now`; false when it is noted already, or there is no room at all. */
  take(key: string, now: number, keepMs: number): boolean;
  /** What the key stood for has happened: it stays noted, even should this thread end. */
  settle(key: string): void;
  /** It has not happened: the key may be taken again. */
  drop(key: string): void;
};

/** Where limits are counted. What is asked for again under the same id and options goes on with its counts. */
export type Counters = {
  limiter(id: string, options: LimiterOptions): Limiter;
  gauge(id: string, max: number): Gauge;
  marks(id: string): Marks;
};
