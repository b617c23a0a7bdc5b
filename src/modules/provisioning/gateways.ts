import type { Change } from '../../contracts/api/front-door.ts';
import type { GatewayStatusReport } from '../../contracts/protocol/gateway-protocol.ts';
import type { Clock } from '../../platform/clock.ts';

type Seen = { report: GatewayStatusReport; at: number };
type Waiting = { revision: number; settle(): void };

/** What gateways said since this process started: who is connected, and what each runs. */
export class Gateways {
  readonly #seen = new Map<string, Seen>();
  readonly #waiting = new Set<Waiting>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  reported(report: GatewayStatusReport): void {
    this.#seen.set(report.gateway, { report, at: this.#clock.now() });
    for (const one of this.#waiting) if (this.#settled(one.revision)) one.settle();
  }

  isConnected(gateway: string): boolean {
    const seen = this.#seen.get(gateway);
    return seen !== undefined && this.#isRecent(seen);
  }

  /** Waits until every connected gateway runs `revision` or a later one, or refused it, at most `timeoutMs`. */
  async waitFor(revision: number, timeoutMs: number): Promise<Change> {
    if (!this.#settled(revision)) {
      await new Promise<void>((resolve) => {
        const settle = () => {
          clearTimeout(timer);
          this.#waiting.delete(waiting);
          resolve();
        };
        const waiting = { revision, settle };
        const timer = setTimeout(settle, timeoutMs);
        this.#waiting.add(waiting);
      });
    }
    return this.#changeOf(revision);
  }

  #changeOf(revision: number): Change {
    const connected = this.#connected();
    const behind = connected.filter(({ report }) => !runs(report, revision));
    const refusal = behind.find(({ report }) => refuses(report, revision))?.report.refused;
    const live = connected.length > 0 && behind.length === 0;
    let reason: string | null = null;
    if (connected.length === 0) reason = 'No gateway is connected; the change takes effect as soon as one is.';
    else if (refusal != null) reason = `The gateway did not take it over: ${refusal.message}`;
    else if (!live) reason = 'The gateway has not said yet that it has taken the change over.';
    return { revision, live, gateways: connected.length, reason };
  }

  #settled(revision: number): boolean {
    return this.#connected().every(({ report }) => runs(report, revision) || refuses(report, revision));
  }

  #connected(): Seen[] {
    return [...this.#seen.values()].filter((seen) => this.#isRecent(seen));
  }

  /** A gateway reports at least every 15 seconds; a clock set back makes nobody absent. */
  #isRecent(seen: Seen): boolean {
    return this.#clock.now() - seen.at < ABSENT_AFTER_MS;
  }
}

const runs = (report: GatewayStatusReport, revision: number) => (report.appliedRevision ?? -1) >= revision;
const refuses = (report: GatewayStatusReport, revision: number) => (report.refused?.revision ?? -1) >= revision;
const ABSENT_AFTER_MS = 35_000;
