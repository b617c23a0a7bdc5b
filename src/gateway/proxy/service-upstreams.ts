import type { SnapshotService } from '../../contracts/snapshot/snapshot-service.ts';
import type { Upstream } from './upstream.ts';

/** How many upstreams share the time to connect; more are tried only as long as some of it is left. */
const SHARERS = 3;

/** What of a service's settings is about getting through to it. */
type Ways = Pick<
  SnapshotService,
  'preserveHost' | 'connectTimeoutMs' | 'responseTimeoutMs' | 'idleTimeoutMs' | 'retryIdempotencyKey' | 'upstreams'
>;

/** An upstream with its place in the turns. */
type Member = { readonly upstream: Upstream; readonly weight: number; turn: number };

/**
 * The upstreams of one service, and whose turn it is: smooth weighted round robin (docs/decisions/0016). Those that are out are
 * passed over; when all are out, all are used, as a wrong verdict must not close a service. One whose breaker is open is never
 * used.
 */
export class ServiceUpstreams {
  readonly preserveHost: boolean;
  readonly connectTimeoutMs: number;
  readonly connectShareMs: number;
  readonly responseTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly retryIdempotencyKey: boolean;
  readonly #members: Member[];
  /** Set where there is nothing to choose. */
  readonly #only: Upstream | null;

  constructor(service: Ways, members: readonly { upstream: Upstream; weight: number }[]) {
    this.preserveHost = service.preserveHost;
    this.connectTimeoutMs = service.connectTimeoutMs;
    this.connectShareMs = connectShareMs(service);
    this.responseTimeoutMs = service.responseTimeoutMs;
    this.idleTimeoutMs = service.idleTimeoutMs;
    this.retryIdempotencyKey = service.retryIdempotencyKey;
    this.#members = members.map((member) => ({ ...member, turn: 0 }));
    const [first] = members;
    this.#only = members.length === 1 && first !== undefined ? first.upstream : null;
  }

  /** The next one that is not among `tried`; null when there is none, or all others rest. `now` is monotonic. */
  choose(now: number, tried: readonly Upstream[] | null): Upstream | null {
    const only = this.#only;
    if (only !== null && tried === null && only.breaker === null) return only;
    const chosen = this.#next(now, tried, false) ?? this.#next(now, tried, true);
    chosen?.breaker?.pass();
    return chosen;
  }

  /** Until the first of them may be asked again, in whole seconds, at least one. */
  restSeconds(now: number): number {
    const rests = this.#members.map(({ upstream }) => upstream.breaker?.restsForMs(now) ?? 0);
    return Math.max(1, Math.ceil(Math.min(...rests) / 1000));
  }

  #next(now: number, tried: readonly Upstream[] | null, evenOut: boolean): Upstream | null {
    let best: Member | null = null;
    let total = 0;
    for (const member of this.#members) {
      const { upstream } = member;
      if (tried?.includes(upstream) === true || (upstream.breaker?.restsForMs(now) ?? 0) > 0) continue;
      if (!evenOut && !upstream.isUp(now)) continue;
      member.turn += member.weight;
      total += member.weight;
      if (best === null || member.turn > best.turn) best = member;
    }
    if (best === null) return null;
    best.turn -= total;
    return best.upstream;
  }
}

/** What one of several may take to connect, so that the next ones can be tried within the service's time. */
export function connectShareMs(service: Pick<SnapshotService, 'upstreams' | 'connectTimeoutMs'>): number {
  const several = Math.max(1, service.upstreams.length);
  return Math.max(1, Math.floor(service.connectTimeoutMs / Math.min(several, SHARERS)));
}
