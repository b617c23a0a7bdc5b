import type { Clock } from '../platform/clock.ts';
import type { GatewayMetrics } from './admin/metrics.ts';
import type { BanTable } from './bans/ban-table.ts';
import type { Exchange } from './exchange.ts';
import { type Malformed, malformedFields, requestFields, type StreamEnd, streamEndFields } from './spool/event-line.ts';
import type { Spool, Waiter } from './spool/spool.ts';

/** Writes each exchange into the spool, once, and lets its answer go when that is done. */
export class Recorder {
  readonly #spool: Spool;
  readonly #metrics: GatewayMetrics;
  readonly #clock: Clock;
  readonly #bans: BanTable;

  constructor(spool: Spool, metrics: GatewayMetrics, clock: Clock, bans: BanTable) {
    this.#spool = spool;
    this.#metrics = metrics;
    this.#clock = clock;
    this.#bans = bans;
  }

  /** Records the exchange as it now stands and tells `waiter` once the event is in the operating system's hands. */
  record(x: Exchange, waiter: Waiter | null): void {
    if (x.recorded) return;
    x.recorded = true;
    if (x.delivery !== null) x.delivery.settle(x.status >= 200 && x.status < 300 && x.aborted === null);
    if (x.status >= 400 && x.status < 500) this.#bans.observe(x);
    x.settling?.settle(x);
    const durationMs = performance.now() - x.started;
    this.#metrics.observe(x, durationMs);
    this.#spool.append(requestFields(x, durationMs), waiter);
  }

  /** The same at once: the event is in the operating system's hands when this returns. Costs a write of its own. */
  recordNow(x: Exchange): void {
    this.record(x, null);
    this.#spool.flush();
  }

  /** Writes what is queued; answers that waited for it leave now. */
  flush(): void {
    this.#spool.flush();
  }

  /** The same for what was no request at all. */
  recordMalformed(what: Malformed, waiter: Waiter): void {
    this.#metrics.countRefusal(what.code);
    this.#spool.append(malformedFields(what), waiter);
  }

  /** A connection on which TLS never came to be: nothing was asked for, so there is no event. */
  countFailedHandshake(): void {
    this.#metrics.failedHandshakes++;
  }

  /** An HTTP/2 connection that was closed over a flood or a breach: what was asked on it has events of its own. */
  countBreach(): void {
    this.#metrics.http2Breaches++;
  }

  /** The end of an upgraded connection whose beginning was recorded under the same id. */
  recordStreamEnd(end: StreamEnd): void {
    this.#spool.append(streamEndFields(end, this.#clock.now()), null);
  }
}
