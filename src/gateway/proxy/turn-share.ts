/** What one turn of the event loop passes on of all long answers together. */
const TURN_BYTES = 256 * 1024;

/**
 * Long answers share the event loop with everything else: one turn passes on so much of them, whoever they go to, and what is
 * left waits for the next turn, first come first served. Without that, a few hundred large answers at once make every turn tens
 * of milliseconds long, and a small request needs several turns. The next turn follows at once: as long as nobody else wants
 * the loop, little is lost.
 */
export class TurnShare {
  readonly #nextTurn: (begin: () => void) => void;
  #left = TURN_BYTES;
  #waiting: (() => void)[] = [];
  #isCounting = false;

  constructor(nextTurn: (begin: () => void) => void = setImmediate) {
    this.#nextTurn = nextTurn;
  }

  /** Counts what is passed on. */
  spend(bytes: number): void {
    this.#left -= bytes;
    this.#count();
  }

  /** Whether whoever has more to pass on has to {@link wait}. */
  get isUsedUp(): boolean {
    return this.#left <= 0 || this.#waiting.length > 0;
  }

  /** Calls `go` when its turn has come. */
  wait(go: () => void): void {
    this.#waiting.push(go);
    this.#count();
  }

  #count(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    this.#nextTurn(this.#begin);
  }

  readonly #begin = (): void => {
    this.#isCounting = false;
    this.#left = TURN_BYTES;
    let next = 0;
    // Who is not done after a piece stands at the end again.
    while (next < this.#waiting.length && this.#left > 0) this.#waiting[next++]?.();
    this.#waiting.splice(0, next);
    if (this.#waiting.length > 0) this.#count();
  };
}

/** That of this thread. */
export const turnShare = new TurnShare();
