import type { Dispatcher } from 'undici';
import type { SnapshotHealth } from '../../contracts/snapshot/snapshot-service.ts';

/** The first look comes soon, so that a dead upstream is known soon; later ones within this share of the interval. */
const FIRST_WITHIN_MS = 500;
const JITTER = 0.2;

/**
 * Asks an upstream at intervals whether it is well, on a connection of its own each time. It counts as well until it has failed
 * `unhealthyAfter` times in a row. `changed` is told each change with the reason.
 */
export class HealthCheck {
  readonly options: SnapshotHealth;
  readonly #ask: Dispatcher;
  readonly #changed: (up: boolean, reason: string) => void;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout;
  #up = true;
  #row = 0;

  constructor(options: SnapshotHealth, ask: Dispatcher, changed: (up: boolean, reason: string) => void) {
    this.options = options;
    this.#ask = ask;
    this.#changed = changed;
    this.#timer = this.#in(Math.random() * Math.min(FIRST_WITHIN_MS, options.intervalMs));
  }

  get up(): boolean {
    return this.#up;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  #in(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.#look(), ms).unref();
  }

  async #look(): Promise<void> {
    const { intervalMs } = this.options;
    const fault = await this.#fault();
    if (this.#stop.signal.aborted) return;
    this.#count(fault);
    this.#timer = this.#in(intervalMs * (1 + JITTER * (Math.random() - 0.5)));
  }

  #count(fault: string | null): void {
    if ((fault === null) === this.#up) {
      this.#row = 0;
      return;
    }
    this.#row++;
    if (this.#row < (this.#up ? this.options.unhealthyAfter : this.options.healthyAfter)) return;
    this.#row = 0;
    this.#up = !this.#up;
    this.#changed(this.#up, fault ?? 'it answers its health check again');
  }

  /** What is wrong; null when nothing is. */
  async #fault(): Promise<string | null> {
    const { path, timeoutMs, statusFrom, statusTo } = this.options;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const { statusCode, body } = await this.#ask.request({ method: 'GET', path, headers: USER_AGENT, signal });
      await body.dump({ limit: 64 * 1024, signal });
      return statusCode >= statusFrom && statusCode <= statusTo ? null : `its health check answered ${statusCode}`;
    } catch (error) {
      return `its health check failed (${error instanceof Error ? error.message : String(error)})`;
    }
  }
}

const USER_AGENT = { 'user-agent': 'nightlatch-health' };
