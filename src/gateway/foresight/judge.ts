import type { Mode } from '../../contracts/config/config-words.ts';
import type { RecordedCall } from '../../contracts/events/recorded-call.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotRateLimit } from '../../contracts/snapshot/snapshot-limits.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import { compileBlockList } from '../listener/block-list.ts';
import { addressGroup } from '../listener/client-address.ts';
import { createRouteFinder, type FoundRoute } from './find-route.ts';
import { type CallerJudge, createCallerJudge, type Verdict } from './judge-caller.ts';
import type { Stage } from './recorded-stage.ts';
import { ReplayedLimit } from './replayed-limit.ts';

/** What one snapshot says to recorded calls: null lets them in. Counts as limits count, so calls come in order. */
export type Judge = {
  judge(call: RecordedCall, stage: Stage): Verdict | null;
  routeOf(call: RecordedCall): FoundRoute;
  blocks(address: string): boolean;
  readonly callers: CallerJudge;
};

type Counted = { limit: ReplayedLimit; cost: number };
type CountedRoute = { address: Counted[]; consumer: Counted[] };

const UPGRADED = 101;

/**
 * Judges in the order of the pipeline with the gateway's own block list, router and counters. `recorded` is the snapshot whose
 * names stand in the record. What needs more than the record holds (bodies, claims) is believed to be well.
 */
export async function createJudge(snapshot: GatewaySnapshot, recorded: GatewaySnapshot): Promise<Judge> {
  const blockList = compileBlockList(snapshot.blocklist);
  const find = await createRouteFinder(snapshot);
  const hosts = new Map(recorded.routes.map((route) => [`${route.service}\n${route.id}`, route.hostnames[0] ?? '']));
  const found = new Map<string, FoundRoute>();
  const callers = createCallerJudge(snapshot, recorded);
  const limits = createLimits(snapshot);

  const routeOf = (call: RecordedCall): FoundRoute => {
    const place = `${call.service}\n${call.route}`;
    const key = `${place}\n${call.method}\n${call.path}`;
    const cached = found.get(key);
    if (cached !== undefined) return cached;
    if (found.size >= MOST_PLACES) found.clear();
    const answer = find(hosts.get(place) ?? '', call.method, call.path);
    found.set(key, answer);
    return answer;
  };

  const excepted = (policy: string, route: SnapshotRoute, call: RecordedCall, code: string) =>
    snapshot.exceptions.some(
      (one) =>
        one.policy === policy &&
        one.service === route.service &&
        one.route === route.id &&
        one.expiresAt > call.time &&
        one.places === null &&
        (one.code ?? code) === code &&
        (one.consumer ?? call.consumer) === call.consumer &&
        (one.address ?? call.address) === call.address,
    );

  const limited = (
    policy: string,
    route: SnapshotRoute,
    counted: readonly Counted[],
    key: string,
    call: RecordedCall,
  ) => {
    for (const { limit, cost } of counted) {
      if (limit.allows(key, call.time, cost) || excepted(policy, route, call, 'rate-limited')) continue;
      return { code: 'rate-limited', detail: limit.detail };
    }
    return null;
  };

  const heardInMonitor = (route: SnapshotRoute, call: RecordedCall): Verdict | null => {
    for (const { policy, code } of call.wouldDeny) {
      if (JUDGED_HERE.has(policy)) continue;
      const enforced = route.mode === 'enforce' && (ownMode(policy, route) ?? 'enforce') === 'enforce';
      if (enforced && isAsked(policy, route) && !excepted(policy, route, call, code)) return { code, detail: null };
    }
    return null;
  };

  return {
    routeOf,
    callers,
    blocks: (address) => blockList?.blocks(address) === true,

    judge(call, stage) {
      if (stage === 'refused-early') return null;
      if (blockList?.blocks(call.address) === true) return { code: 'address-blocked', detail: null };
      const place = routeOf(call);
      if ('code' in place) return { code: place.code, detail: null };
      const { route } = place;
      if (call.status !== UPGRADED && call.bytesIn > route.bodyLimitBytes) {
        return { code: 'body-too-large', detail: `${route.bodyLimitBytes} bytes` };
      }
      if (route.mode === 'off') return null;
      const stop = (verdict: Verdict | null) => (route.mode === 'enforce' ? verdict : null);
      const counted = limits(route);
      const byAddress = limited('rate-limit-address', route, counted.address, groupOf(call.address), call);
      if (stop(byAddress) !== null || stage === 'address-counted') return stop(byAddress);
      const who = callers.authenticate(route, call);
      if (stop(who) !== null) return who;
      if (call.consumer !== null && route.auth.length > 0) {
        const byConsumer = limited('rate-limit-consumer', route, counted.consumer, call.consumer, call);
        if (stop(byConsumer) !== null) return byConsumer;
      }
      if (stage === 'all-counted') return null;
      return stop(callers.authorize(route, call)) ?? heardInMonitor(route, call);
    },
  };
}

function createLimits(snapshot: GatewaySnapshot): (route: SnapshotRoute) => CountedRoute {
  // Limits that several routes share count together.
  const shared = new Map<string, ReplayedLimit>();
  const limitOf = (limit: SnapshotRateLimit): ReplayedLimit => {
    if (!limit.shared) return new ReplayedLimit(limit);
    const known = shared.get(limit.name) ?? new ReplayedLimit(limit);
    shared.set(limit.name, known);
    return known;
  };
  const byRoute = new Map<SnapshotRoute, CountedRoute>(
    snapshot.routes.map((route) => {
      const of = (kind: string) =>
        route.rateLimits
          .filter((limit) => limit.key === kind)
          .map((limit) => ({ limit: limitOf(limit), cost: limit.cost }));
      return [route, { address: of('address'), consumer: of('consumer') }];
    }),
  );
  return (route) => byRoute.get(route) ?? NO_LIMITS;
}

/** IPv4 addresses are their own group, which saves reading each. */
const groupOf = (address: string) => (address.includes(':') ? addressGroup(address) : address);

/** The mode of a policy that has one of its own. */
function ownMode(policy: string, route: SnapshotRoute): Mode | undefined {
  if (policy === 'validate') return route.validate?.mode ?? 'off';
  return policy === 'attack-filter' ? (route.attackFilter?.mode ?? 'off') : undefined;
}

/** Whether a policy that spoke in monitor mode is still asked for. */
function isAsked(policy: string, route: SnapshotRoute): boolean {
  if (policy === 'validate') return route.validate !== null;
  return policy !== 'ownership' || route.ownership !== null;
}

const JUDGED_HERE: ReadonlySet<string> = new Set([
  'lock',
  'authenticate',
  'authorize-scopes',
  'rate-limit-address',
  'rate-limit-consumer',
]);
const NO_LIMITS: CountedRoute = { address: [], consumer: [] };
const MOST_PLACES = 100_000;
