import type { Counters, Marks } from '../../../../storage/counters/counters.ts';

/** A delivery on its way to the application. */
export type PendingDelivery = {
  /** Called once, when the answer is known: only what the application took is not let in again. */
  settle(taken: boolean): void;
};

/**
 * Remembers deliveries that were let in, so that a recorded one cannot be played back. A delivery that the application did not
 * answer with 2xx is forgotten at once: the vendor may send it again. It outlives changes of the configuration, and what one
 * thread has seen, all have: it is kept in memory of its own that they share, where no caller's limits can push it out. Only what
 * the vendor has signed is remembered, so nobody else can fill it.
 */
export class SeenDeliveries {
  readonly #marks: Marks;

  constructor(counters: Counters) {
    this.#marks = counters.marks('deliveries');
  }

  /**
   * Takes a delivery in; null when it was taken in before and is still on its way, or was answered with 2xx. `now` is Unix
   * milliseconds, by which signatures grow old too.
   */
  begin(name: string, mark: string, now: number, keepMs: number): PendingDelivery | null {
    const key = `${name} ${mark}`;
    if (!this.#marks.take(key, now, keepMs)) return null;
    return { settle: (taken) => (taken ? this.#marks.settle(key) : this.#marks.drop(key)) };
  }
}
