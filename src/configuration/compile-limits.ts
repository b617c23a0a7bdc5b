import type { LoginProtection } from '../contracts/config/attack-response-config.ts';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { RouteLimitConfig, SharedLimitConfig } from '../contracts/config/rate-limit-config.ts';
import { ACCOUNT_FIELDS, isLoginPath } from '../contracts/login-paths.ts';
import type {
  SnapshotBans,
  SnapshotLoginProtection,
  SnapshotRateLimit,
} from '../contracts/snapshot/snapshot-limits.ts';
import { durationToMs } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import { rateLimitNames } from './rate-limit-names.ts';

type Route = GatewayConfig['services'][number]['routes'][number];

const DAY_MS = 86_400_000;

/** The limits of a route, those that it shares with others looked up. Throws `RangeError` for one that is not there. */
export function compileLimits(
  limits: readonly RouteLimitConfig[],
  shared: readonly SharedLimitConfig[],
): SnapshotRateLimit[] {
  const names = rateLimitNames(limits);
  return limits.map((limit, index) => {
    const counted = 'use' in limit ? shared.find(({ name }) => name === limit.use) : limit;
    if (counted === undefined) throw new RangeError(`not a shared limit: ${names[index]}`);
    return {
      name: names[index] ?? counted.key,
      key: counted.key,
      quota: counted.quota,
      windowMs: counted.window === undefined ? DAY_MS : durationToMs(counted.window),
      per: counted.window === undefined ? 'day' : 'window',
      cost: limit.cost ?? 1,
      shared: 'use' in limit,
    };
  });
}

/**
 * What guards log-ins on a route: what it says itself, what the defaults say, and where neither does, five attempts a minute on
 * routes that look like a log-in. A limit that the route has of its own, by address or by a field of the body, stands in for ours.
 */
export function compileLoginProtection(
  route: Route,
  defaults: LoginProtection | undefined,
): SnapshotLoginProtection | null {
  const { match } = route;
  const posts = match.methods === undefined || match.methods.length === 0 || match.methods.includes('POST');
  const byPath = match.path.endsWith('/*');
  const said = route.loginProtection;
  if (said === 'off') return null;
  if (said === undefined && (defaults === 'off' || !posts || !(byPath || isLoginPath(match.path)))) return null;
  const wished = { ...(typeof defaults === 'object' ? defaults : {}), ...said };
  // On a route of many paths such a limit is about all of them.
  const own = (byPath ? [] : (route.rateLimit ?? [])).flatMap((limit) => ('key' in limit ? [limit.key] : []));
  const has = (what: 'perAddress' | 'perAccount') => said?.[what] !== undefined;
  const perAddress =
    !has('perAddress') && own.includes('address') ? null : (wished.perAddress ?? CONFIG_DEFAULTS.loginsPerMinute);
  const perAccount =
    !has('perAccount') && own.some((key) => key.startsWith('body.'))
      ? null
      : (wished.perAccount ?? CONFIG_DEFAULTS.loginsPerMinute);
  const perNetwork =
    wished.perNetwork ??
    (perAddress === null ? null : Math.min(perAddress * CONFIG_DEFAULTS.loginNetworkFactor, 100_000));
  if (perAddress === null && perAccount === null && perNetwork === null) return null;
  // A route that was said to be a log-in is one, whatever its path.
  const fields = wished.fields ?? [...ACCOUNT_FIELDS];
  return { perAddress, perAccount, perNetwork, fields, byPath: byPath && said === undefined };
}

export function compileBans(bans: GatewayConfig['bans']): SnapshotBans {
  return {
    mode: bans?.mode ?? CONFIG_DEFAULTS.bans.mode,
    attempts: bans?.attempts ?? CONFIG_DEFAULTS.bans.attempts,
    windowMs: durationToMs(bans?.window ?? CONFIG_DEFAULTS.bans.window),
    unknownPaths: bans?.unknownPaths ?? CONFIG_DEFAULTS.bans.unknownPaths,
  };
}
