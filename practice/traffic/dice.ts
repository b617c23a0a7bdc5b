/** Repeatable chance (a linear congruential generator): the same seed gives the same traffic. */
export class Dice {
  #state: number;

  constructor(seed = 20_260_105) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `below` - 1. */
  roll(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.roll(list.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }
}
