import type { SnapshotBreaker } from '../../contracts/snapshot/snapshot-service.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Lets an upstream rest that only fails. After `failures` in a row within `windowMs` nothing is sent to it for `openMs`, then one
 * request tries: when it fares well all may pass again, otherwise the rest begins anew. Times are monotonic milliseconds.
 */
export class Breaker {
  readonly options: SnapshotBreaker;
  #state: BreakerState = 'closed';
  /** When the latest failures of the present row happened, the oldest first. */
  #row: number[] = [];
  #until = 0;

  constructor(options: SnapshotBreaker) {
    this.options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** How long it still rests; 0: a request may pass. While one tries, the others wait as long as a second. */
  restsForMs(now: number): number {
    if (this.#state === 'closed') return 0;
    return this.#state === 'open' ? Math.max(0, this.#until - now) : TRIAL_MS;
  }

  /** A request passes: after the rest it is the one that tries. */
  pass(): void {
    if (this.#state === 'open') this.#state = 'half-open';
  }

  /** True when this opened it. */
  failed(now: number): boolean {
    if (this.#state === 'open') return false;
    if (this.#state === 'closed') {
      this.#row.push(now);
      if (this.#row.length < this.options.failures) return false;
      const oldest = this.#row.shift() ?? now;
      if (now - oldest > this.options.windowMs) return false;
    }
    this.#row = [];
    this.#state = 'open';
    this.#until = now + this.options.openMs;
    return true;
  }

  /** True when this closed it. An answer to what was sent before the rest says nothing about now. */
  succeeded(): boolean {
    this.#row = [];
    if (this.#state !== 'half-open') return false;
    this.#state = 'closed';
    return true;
  }

  /** The request that tried was given up by its caller: the next one tries. */
  released(now: number): void {
    if (this.#state !== 'half-open') return;
    this.#state = 'open';
    this.#until = now;
  }
}

const TRIAL_MS = 1_000;
