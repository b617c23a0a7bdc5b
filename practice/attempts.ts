/**
 * Counts attempts per name in a fixed window, in memory. Names are forgotten when their window ends, and the oldest ones
 * when there are too many of them, so that a guesser cannot fill the memory.
 */
export class Attempts {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #names = new Map<string, { count: number; endsAt: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Milliseconds to wait before `name` may try again; 0 when it may try now. */
  waitMs(name: string, now = Date.now()): number {
    const seen = this.#names.get(name);
    if (!seen || seen.endsAt <= now || seen.count < this.#most) return 0;
    return seen.endsAt - now;
  }

  record(name: string, now = Date.now()): void {
    const seen = this.#names.get(name);
    if (seen && seen.endsAt > now) {
      seen.count += 1;
      return;
    }
    this.#names.delete(name);
    this.#names.set(name, { count: 1, endsAt: now + this.#windowMs });
    const oldest = this.#names.keys().next();
    if (this.#names.size > 10_000 && !oldest.done) this.#names.delete(oldest.value);
  }
}
