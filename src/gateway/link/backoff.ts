import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/** Growing pauses between attempts, with some chance in them so that many gateways do not knock at once. */
export class Backoff {
  readonly #signal: AbortSignal;
  #nextMs = FIRST_MS;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  reset(): void {
    this.#nextMs = FIRST_MS;
  }

  async pause(): Promise<void> {
    const ms = this.#nextMs * (0.5 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, LONGEST_MS);
    await pauseFor(ms, this.#signal);
  }
}

/** Waits, or returns early when the signal says stop. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
  }
}
