import type { AlikeCalls } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Tally } from './tally.ts';

type Window = { calls: number; start: number; service: string; route: string; consumer: string };

/** What limits by consumer would have stopped, worked out from counts of minutes: about, as it is not known when in them. */
export class LimitEstimate {
  readonly #after: GatewaySnapshot;
  readonly #before: ReadonlyMap<string, SnapshotRoute>;
  readonly #windows = new Map<string, Window>();

  constructor(before: GatewaySnapshot, after: GatewaySnapshot) {
    this.#before = byPlace(before);
    this.#after = after;
  }

  add({ start, spanMs, service, route, consumer, calls }: AlikeCalls): void {
    if (consumer === null || spanMs > 60_000) return;
    const key = `${service}\n${route}\n${consumer}\n${start}`;
    const window = this.#windows.get(key);
    if (window === undefined) this.#windows.set(key, { calls, start, service, route, consumer });
    else window.calls += calls;
  }

  /** Adds what was found to `tally`; answers how many calls that is. */
  report(tally: Tally): void {
    for (const route of this.#after.routes) {
      if (route.mode !== 'enforce') continue;
      const before = this.#before.get(`${route.service}\n${route.id}`);
      if (before === undefined) continue;
      for (const limit of route.rateLimits) {
        if (limit.key !== 'consumer') continue;
        const same = before.mode === 'enforce' && before.rateLimits.some((one) => isAsTight(one, limit));
        if (!same) this.#judge(route, limit, tally);
      }
    }
  }

  #judge(route: SnapshotRoute, limit: SnapshotRoute['rateLimits'][number], tally: Tally): void {
    // Shorter windows than a minute are counted as their share of one.
    const width = Math.max(limit.windowMs, 60_000);
    const quota = limit.quota * (width / limit.windowMs);
    const sums = new Map<string, Window>();
    for (const window of this.#windows.values()) {
      if (window.service !== route.service || window.route !== route.id) continue;
      const key = `${window.consumer}\n${Math.floor(window.start / width)}`;
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { ...window });
      else sum.calls += window.calls;
    }
    const detail = `${limit.name}: ${limit.quota} per ${limit.windowMs / 1000} s`;
    for (const sum of sums.values()) {
      const over = Math.round(sum.calls - quota);
      if (over <= 0) continue;
      const place = { consumer: sum.consumer, address: '', service: sum.service, route: sum.route };
      tally.add(place, { code: 'rate-limited', detail }, over, sum.start, true);
    }
  }
}

const byPlace = (snapshot: GatewaySnapshot) =>
  new Map(snapshot.routes.map((route) => [`${route.service}\n${route.id}`, route]));

function isAsTight(one: SnapshotRoute['rateLimits'][number], limit: SnapshotRoute['rateLimits'][number]): boolean {
  return one.key === limit.key && one.quota / one.windowMs <= limit.quota / limit.windowMs;
}
