/** A delivery on its way to the application. */
export type PendingDelivery = {
  /** Called once, when the answer is known: only what the application took is not let in again. */
  settle(taken: boolean): void;
};

/**
 * Remembers deliveries that were let in, so that a recorded one cannot be played back. A delivery that the application did not
 * answer with 2xx is forgotten at once: the vendor may send it again. It outlives changes of the configuration.
 */
export class SeenDeliveries {
  /** By entry: mark and the moment (Unix milliseconds) until which it counts, oldest first. */
  readonly #byName = new Map<string, Map<string, number>>();

  /** Takes a delivery in; null when it was taken in before and is still on its way, or was answered with 2xx. */
  begin(name: string, mark: string, now: number, keepMs: number): PendingDelivery | null {
    const seen = this.#seenOf(name);
    for (const [old, until] of seen) {
      if (until > now) break;
      seen.delete(old);
    }
    const known = seen.get(mark);
    if (known !== undefined && known > now) return null;
    if (seen.size >= MAX_REMEMBERED) {
      const [oldest] = seen.keys();
      if (oldest !== undefined) seen.delete(oldest);
    }
    seen.set(mark, now + keepMs);
    return {
      settle: (taken) => {
        if (!taken) seen.delete(mark);
      },
    };
  }

  /** Forgets the deliveries of entries that are no longer there. */
  retain(names: ReadonlySet<string>): void {
    for (const name of this.#byName.keys()) if (!names.has(name)) this.#byName.delete(name);
  }

  #seenOf(name: string): Map<string, number> {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const made = new Map<string, number>();
    this.#byName.set(name, made);
    return made;
  }
}

/** For each entry, about 3 MB. Only what the vendor has signed is remembered, so nobody else can fill it. */
const MAX_REMEMBERED = 20_000;
