/** A snapshot as it goes out; the text is made once for all gateways. */
export type Published = { revision: number; text: string };

/** Holds the snapshot in force and wakes the gateways that wait for the next one. */
export class Publisher {
  #current: Published | null = null;
  readonly #waiting = new Set<() => void>();

  get current(): Published | null {
    return this.#current;
  }

  publish(snapshot: Published): void {
    this.#current = snapshot;
    for (const wake of [...this.#waiting]) wake();
  }

  /** The snapshot once it is another than `revision`; null when none came within `timeoutMs` or until `signal` is aborted. */
  async next(revision: number | null, timeoutMs: number, signal: AbortSignal): Promise<Published | null> {
    if (this.#isNews(revision) || timeoutMs <= 0 || signal.aborted) return this.#newsFor(revision);
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
    return this.#newsFor(revision);
  }

  #isNews(revision: number | null): boolean {
    return this.#current !== null && this.#current.revision !== revision;
  }

  #newsFor(revision: number | null): Published | null {
    return this.#isNews(revision) ? this.#current : null;
  }
}
