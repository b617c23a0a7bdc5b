/**
 * Locks between threads, one per word of a shared array: 0 free, 1 held, 2 held and waited for (a futex mutex). Held for less
 * than a microsecond at a time; a holder that was ended in the middle is passed over after a second.
 */
export class ThreadLocks {
  readonly #words: Int32Array;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  acquire(index: number): void {
    const words = this.#words;
    for (let tries = 0; tries < SPINS; tries++) {
      if (Atomics.compareExchange(words, index, 0, 1) === 0) return;
    }
    const until = performance.now() + GIVEN_UP_MS;
    while (Atomics.exchange(words, index, 2) !== 0) {
      if (performance.now() >= until) return;
      Atomics.wait(words, index, 2, PAUSE_MS);
    }
  }

  release(index: number): void {
    if (Atomics.exchange(this.#words, index, 0) === 2) Atomics.notify(this.#words, index, 1);
  }
}

const SPINS = 200;
const PAUSE_MS = 10;
const GIVEN_UP_MS = 1_000;
