import type { AlikeCalls, Foresight, RecordedCall } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { LimitEstimate } from './estimate-limits.ts';
import { createJudge } from './judge.ts';
import { stageOf } from './recorded-stage.ts';
import { Tally } from './tally.ts';
import { unknownsBetween } from './unknowns.ts';

/**
 * Whom `after` would have turned away that `before`, the rules in force, would not: what the change itself does. Both judge each
 * call, so that what has changed in the days before is no reason.
 */
export async function createForesight(before: GatewaySnapshot, after: GatewaySnapshot): Promise<Foresight> {
  const [now, then] = [await createJudge(before, before), await createJudge(after, before)];
  const tally = new Tally();
  const estimate = new LimitEstimate(before, after, tally);
  const routes = new Map(before.routes.map((route) => [`${route.service}\n${route.id}`, route]));
  const keys = widestKeys(before);
  const limitsOf = (snapshot: GatewaySnapshot) =>
    JSON.stringify(snapshot.routes.map(({ id, service, mode, rateLimits }) => [service, id, mode, rateLimits]));
  let calls = 0;
  let estimated = 0;

  /** A call as the roll-up may have meant it: with a key of its consumer, by the first method of its route. */
  const likeOf = ({ start, service, route, consumer }: AlikeCalls): RecordedCall | null => {
    const known = routes.get(`${service}\n${route}`);
    if (known === undefined) return null;
    return {
      ...{ time: start, service, route, method: known.methods[0] ?? 'GET', path: known.path, status: 200, code: null },
      ...{ consumer, key: consumer === null ? null : (keys.get(consumer) ?? null), address: '', bytesIn: 0 },
      wouldDeny: [],
    };
  };

  return {
    needsMinutes: limitsOf(before) !== limitsOf(after),

    add(call) {
      calls += 1;
      const stage = stageOf(call);
      const refused = now.judge(call, stage);
      const verdict = then.judge(call, stage);
      if (verdict !== null && refused === null && stage === 'let-in') tally.add(call, verdict, 1, call.time, false);
    },

    addAlike(alike) {
      calls += alike.calls;
      estimated += alike.calls;
      const call = likeOf(alike);
      if (call === null) return;
      const judged = (judge: typeof now) => {
        const place = judge.routeOf(call);
        if ('code' in place) return { code: place.code, detail: null };
        const { route } = place;
        if (route.mode !== 'enforce') return null;
        return judge.callers.authenticate(route, call) ?? judge.callers.authorize(route, call);
      };
      const verdict = judged(then);
      if (verdict === null) estimate.add(alike);
      else if (judged(now) === null) tally.add(call, verdict, alike.calls, alike.start, true);
    },

    addAddress({ address, calls: made, start }) {
      if (!then.blocks(address) || now.blocks(address)) return;
      const place = { consumer: null, address, service: null, route: null };
      tally.add(place, { code: 'address-blocked', detail: null }, made, start, true);
    },

    result() {
      estimate.finish();
      return {
        calls,
        estimated,
        turnedAwayCalls: tally.calls,
        ...tally.lines(),
        unknown: unknownsBetween(before, after),
      };
    },
  };
}

/** By consumer the key that may most: which one a roll-up counted is not known, and the milder guess is the better one. */
function widestKeys({ keys }: GatewaySnapshot): Map<string, string> {
  const width = (scopes: readonly string[] | null) => scopes?.length ?? Number.POSITIVE_INFINITY;
  const sorted = keys.filter((key) => !key.revoked).sort((a, b) => (width(a.scopes) > width(b.scopes) ? 1 : -1));
  return new Map(sorted.map((key) => [key.consumer, key.id]));
}
