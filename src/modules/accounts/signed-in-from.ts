import type { Clock } from '../../platform/clock.ts';

/** For so long after a sign-in its address is known as the owner's. */
const MEMORY_MS = 86_400_000;
const MOST = 100;

export type SignedInAddress = { readonly address: string; readonly until: number };

/** From where somebody signed in to the console lately. Kept in memory alone, and forgotten after a day. */
export class SignedInFrom {
  readonly #until = new Map<string, number>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(address: string): void {
    const oldest = this.#until.keys().next();
    this.#until.delete(address);
    if (this.#until.size >= MOST && oldest.done !== true) this.#until.delete(oldest.value);
    this.#until.set(address, this.#clock.now() + MEMORY_MS);
  }

  list(): SignedInAddress[] {
    const now = this.#clock.now();
    for (const [address, until] of this.#until) if (until <= now) this.#until.delete(address);
    return [...this.#until].map(([address, until]) => ({ address, until }));
  }
}
