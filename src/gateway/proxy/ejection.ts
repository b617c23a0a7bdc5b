/** Failures in a row that put an upstream out. */
const FAILURES = 5;
const FIRST_MS = 10_000;
const LONGEST_MS = 300_000;

/**
 * Puts an upstream out for a while whose answers only fail, twice as long each time it happens again soon after. Times are
 * monotonic milliseconds.
 */
export class Ejection {
  #row = 0;
  #until = 0;
  #lastMs = 0;
  count = 0;

  isOut(now: number): boolean {
    return now < this.#until;
  }

  /** For how long this put it out; 0 when it did not. */
  failed(now: number): number {
    if (this.isOut(now) || ++this.#row < FAILURES) return 0;
    const again = this.#lastMs > 0 && now - this.#until < 2 * this.#lastMs;
    this.#lastMs = again ? Math.min(2 * this.#lastMs, LONGEST_MS) : FIRST_MS;
    this.#until = now + this.#lastMs;
    // Back in, its first failure puts it out again.
    this.#row = FAILURES - 1;
    this.count++;
    return this.#lastMs;
  }

  succeeded(): void {
    this.#row = 0;
  }
}
