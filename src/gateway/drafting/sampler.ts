const SECOND_MS = 1_000;

/** Lets so many through in a second, counted from the first of each; the rest costs a comparison. */
export class Sampler {
  readonly #perSecond: number;
  #began = Number.NEGATIVE_INFINITY;
  #taken = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  take(now: number): boolean {
    if (now - this.#began >= SECOND_MS) {
      this.#began = now;
      this.#taken = 0;
    }
    return this.#taken++ < this.#perSecond;
  }
}
