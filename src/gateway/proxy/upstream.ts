import type { buildConnector } from 'undici';
import type { SnapshotHealth, SnapshotService } from '../../contracts/snapshot/snapshot-service.ts';
import type { Logger } from '../../platform/logger.ts';
import { Breaker, type BreakerState } from './breaker.ts';
import { Connections } from './connections.ts';
import { Ejection } from './ejection.ts';
import { HealthCheck } from './health-check.ts';

export type UpstreamStatus = {
  service: string;
  url: string;
  /** False while it is passed over: its health check fails, or it was put out. */
  up: boolean;
  ejections: number;
  breaker: BreakerState | null;
};

/**
 * One address at which a service runs: its connections and what is known of its health. It outlives configurations, so that a
 * reload keeps both.
 */
export class Upstream {
  readonly service: string;
  readonly url: string;
  readonly origin: string;
  /** Put before every path; empty or "/base" without a trailing slash. */
  readonly basePath: string;
  readonly host: string;
  readonly secure: boolean;
  readonly connections: Connections;
  breaker: Breaker | null = null;
  #check: HealthCheck | null = null;
  #ejection: Ejection | null = null;
  /** It failed lately: only then its next good answer has something to set right. */
  #troubled = false;
  readonly #logger: Logger;

  /** `connect`: what new connections have to keep to besides. */
  constructor(
    service: string,
    url: string,
    connectTimeoutMs: number,
    logger: Logger,
    connect: buildConnector.BuildOptions = {},
  ) {
    const parsed = new URL(url);
    this.service = service;
    this.url = url;
    this.origin = parsed.origin;
    this.basePath = parsed.pathname.replace(/\/+$/, '');
    this.host = parsed.host;
    this.secure = parsed.protocol === 'https:';
    this.connections = new Connections(parsed.origin, connectTimeoutMs, connect);
    this.#logger = logger;
  }

  /** Takes over what the configuration in service says; `alone`: there is no other to pass requests to. */
  configure(service: SnapshotService, connectTimeoutMs: number, alone: boolean): void {
    this.connections.connectTimeoutMs = connectTimeoutMs;
    if (!same(this.breaker?.options, service.breaker)) {
      this.breaker = service.breaker === null ? null : new Breaker(service.breaker);
    }
    this.#ejection = alone ? null : (this.#ejection ?? new Ejection());
    if (!same(this.#check?.options, service.health)) this.#follow(service.health);
  }

  stopChecks(): void {
    this.#follow(null);
  }

  isUp(now: number): boolean {
    return this.#check?.up !== false && this.#ejection?.isOut(now) !== true;
  }

  /** It began to answer. What a gateway says in an application's place counts as a failure (RFC 9110 §15.6.3 to §15.6.5). */
  answered(status: number): void {
    if (status >= 502 && status <= 504) this.failed(`it answered ${status}`);
    else if (this.#troubled) this.#recovered();
  }

  /** It gave no answer. */
  failed(reason: string): void {
    const { service, url } = this;
    const now = performance.now();
    this.#troubled = true;
    const outMs = this.#ejection?.failed(now) ?? 0;
    if (outMs > 0) this.#logger.warn({ service, upstream: url, outMs, reason }, 'an upstream is out: it only failed');
    if (this.breaker?.failed(now) === true) {
      const { openMs } = this.breaker.options;
      this.#logger.warn({ service, upstream: url, openMs, reason }, 'an upstream rests: its breaker has opened');
    }
  }

  /** The caller went away before it answered. */
  abandoned(): void {
    this.breaker?.released(performance.now());
  }

  status(now: number): UpstreamStatus {
    return {
      service: this.service,
      url: this.url,
      up: this.isUp(now),
      ejections: this.#ejection?.count ?? 0,
      breaker: this.breaker?.state ?? null,
    };
  }

  #recovered(): void {
    this.#ejection?.succeeded();
    const closed = this.breaker?.succeeded() === true;
    if (closed) this.#logger.info({ service: this.service, upstream: this.url }, 'an upstream is back from its rest');
    // An open breaker is not closed by late answers; the one that tries has to find it in trouble.
    this.#troubled = this.breaker !== null && this.breaker.state !== 'closed';
  }

  #follow(health: SnapshotHealth | null): void {
    this.#check?.stop();
    const { service, url } = this;
    this.#check =
      health === null
        ? null
        : new HealthCheck(health, this.connections.fresh, (up, reason) => {
            if (up) this.#logger.info({ service, upstream: url, reason }, 'an upstream is well again');
            else this.#logger.warn({ service, upstream: url, reason }, 'an upstream is out: it is not well');
          });
  }
}

function same(before: object | null | undefined, after: object | null): boolean {
  return JSON.stringify(before ?? null) === JSON.stringify(after);
}
