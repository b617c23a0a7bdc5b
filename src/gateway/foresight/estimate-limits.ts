import type { AlikeCalls } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotRateLimit } from '../../contracts/snapshot/snapshot-limits.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Tally } from './tally.ts';

type Window = { number: number; start: number; calls: number };
/** A limit that is new or tighter. Windows shorter than a minute are counted as their share of one. */
type Tighter = { limit: SnapshotRateLimit; widthMs: number; quota: number; windows: Map<string, Window> };

const MINUTE_MS = 60_000;

/**
 * What limits by consumer would have stopped, worked out from counts of minutes: about, as it is not known when in them. Counts
 * come in the order of their time, so that one window for each caller is kept.
 */
export class LimitEstimate {
  readonly #tally: Tally;
  readonly #tighter: ReadonlyMap<string, Tighter[]>;

  constructor(before: GatewaySnapshot, after: GatewaySnapshot, tally: Tally) {
    this.#tally = tally;
    const old = new Map(before.routes.map((route) => [placeOf(route.service, route.id), route]));
    this.#tighter = new Map(
      after.routes.map((route) => {
        const place = placeOf(route.service, route.id);
        return [place, tighterLimits(old.get(place), route)];
      }),
    );
  }

  add({ start, spanMs, service, route, consumer, calls }: AlikeCalls): void {
    if (consumer === null || spanMs > MINUTE_MS) return;
    for (const one of this.#tighter.get(placeOf(service, route)) ?? []) {
      const number = Math.floor(start / one.widthMs);
      const window = one.windows.get(consumer);
      if (window?.number === number) {
        window.calls += calls;
        continue;
      }
      if (window !== undefined) this.#close(service, route, consumer, one, window);
      one.windows.set(consumer, { number, start, calls });
    }
  }

  /** Counts the windows that are still open. */
  finish(): void {
    for (const [place, limits] of this.#tighter) {
      const [service = '', route = ''] = place.split('\n');
      for (const one of limits) {
        for (const [consumer, window] of one.windows) this.#close(service, route, consumer, one, window);
        one.windows.clear();
      }
    }
  }

  #close(service: string, route: string, consumer: string, { limit, quota }: Tighter, { calls, start }: Window): void {
    const over = Math.round(calls - quota);
    if (over <= 0) return;
    const detail = `${limit.name}: ${limit.quota} per ${limit.windowMs / 1000} s`;
    this.#tally.add({ consumer, address: '', service, route }, { code: 'rate-limited', detail }, over, start, true);
  }
}

const placeOf = (service: string, route: string) => `${service}\n${route}`;

function tighterLimits(was: SnapshotRoute | undefined, route: SnapshotRoute): Tighter[] {
  if (was === undefined || route.mode !== 'enforce') return [];
  const held = was.mode === 'enforce' ? was.rateLimits.filter((one) => one.key === 'consumer') : [];
  return route.rateLimits
    .filter(
      ({ key, quota, windowMs }) =>
        key === 'consumer' && !held.some((one) => one.quota / one.windowMs <= quota / windowMs),
    )
    .map((limit) => {
      const widthMs = Math.max(limit.windowMs, MINUTE_MS);
      return { limit, widthMs, quota: limit.quota * (widthMs / limit.windowMs), windows: new Map() };
    });
}
