import type { ActivityEvent } from '../../contracts/api/activity.ts';

/** What a live view is told: a call, or how many calls it was not told of. */
export type LiveMessage = { event: 'call'; data: ActivityEvent } | { event: 'skipped'; data: { count: number } };

type Viewer = { send(message: LiveMessage): boolean; shown: number; skipped: number };

/**
 * Hands calls to live views as they are stored. Each view gets at most `CALLS_A_SECOND`, and none while its connection is
 * behind; how many it missed is said once a second. `send` answers whether the connection keeps up.
 */
export class LiveCalls {
  readonly #viewers = new Set<Viewer>();
  #timer: NodeJS.Timeout | null = null;

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Returns the function that ends the view. */
  watch(send: (message: LiveMessage) => boolean): () => void {
    const viewer = { send, shown: 0, skipped: 0 };
    this.#viewers.add(viewer);
    this.#timer ??= setInterval(() => this.#everySecond(), 1_000).unref();
    return () => {
      this.#viewers.delete(viewer);
      if (this.#viewers.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    };
  }

  publish(calls: readonly ActivityEvent[]): void {
    for (const viewer of this.#viewers) {
      for (const call of calls) {
        if (viewer.shown >= CALLS_A_SECOND) viewer.skipped += 1;
        else viewer.shown = viewer.send({ event: 'call', data: call }) ? viewer.shown + 1 : CALLS_A_SECOND;
      }
    }
  }

  #everySecond(): void {
    for (const viewer of this.#viewers) {
      viewer.shown = 0;
      if (viewer.skipped === 0) continue;
      const keepsUp = viewer.send({ event: 'skipped', data: { count: viewer.skipped } });
      viewer.skipped = 0;
      if (!keepsUp) viewer.shown = CALLS_A_SECOND;
    }
  }
}

const CALLS_A_SECOND = 20;
