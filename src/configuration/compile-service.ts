import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotRoute } from '../contracts/snapshot/snapshot-route.ts';
import type { SnapshotService } from '../contracts/snapshot/snapshot-service.ts';
import { durationToMs, sizeToBytes } from '../contracts/units.ts';
import { configuredWays, namedWays } from './auth-ways.ts';
import { compileAttackFilter } from './compile-attack-filter.ts';
import { compileLimits, compileLoginProtection } from './compile-limits.ts';
import type { DescribedService } from './compile-openapi.ts';
import { compileLearning, compileRules } from './compile-ownership.ts';
import { compileRouteGuard } from './compile-response-guard.ts';
import { compileBreaker, compileHealth, listUpstreams } from './compile-upstreams.ts';
import { compileValidation } from './compile-validation.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import { unique } from './unique.ts';

type Service = GatewayConfig['services'][number];

/** Where a service runs, with every default filled in. */
export function compileService(service: Service, schemas: DescribedService['schemas']): SnapshotService {
  const upstreams = listUpstreams(service.upstream);
  return {
    name: service.name,
    upstream: upstreams[0]?.url ?? '',
    upstreams: upstreams.length === 1 ? [] : upstreams,
    preserveHost: service.preserveHost ?? false,
    connectTimeoutMs: durationToMs(service.timeouts?.connect ?? CONFIG_DEFAULTS.timeouts.connect),
    responseTimeoutMs: durationToMs(service.timeouts?.response ?? CONFIG_DEFAULTS.timeouts.response),
    idleTimeoutMs: durationToMs(service.timeouts?.idle ?? CONFIG_DEFAULTS.timeouts.idle),
    health: compileHealth(service.health),
    breaker: compileBreaker(service.breaker),
    retryIdempotencyKey: service.retry?.idempotencyKey ?? false,
    schemas,
  };
}

/** The routes of a service, with the defaults of the whole configuration. */
export function compileRoutes(
  service: Service,
  routes: DescribedService['routes'],
  config: GatewayConfig,
  bodyLimit: string,
): SnapshotRoute[] {
  const defaults = config.defaults ?? {};
  const required = configuredWays(config);
  const ids = new Set<string>();
  const auths = routes.map(({ route }) => route.auth ?? defaults.auth ?? CONFIG_DEFAULTS.auth);
  const learning = compileLearning(
    { ...service, routes: routes.map(({ route }) => route) },
    auths.map((auth) => auth === 'none'),
  );
  return routes.map(({ route, openapi }, index) => {
    const auth = auths[index] ?? CONFIG_DEFAULTS.auth;
    const methods = unique(route.match.methods ?? []);
    const hostnames = unique((route.match.hostnames ?? []).map((name) => name.toLowerCase()));
    let id = routeId(methods, route.match.path);
    // Routes that differ by host name alone.
    if (ids.has(id)) id = `${id} ${hostnames.join(',')}`;
    ids.add(id);
    return {
      id,
      service: service.name,
      path: route.match.path,
      methods,
      hostnames,
      mode: route.mode ?? defaults.mode ?? CONFIG_DEFAULTS.mode,
      auth: auth === 'none' ? [] : auth === 'required' ? required : unique(namedWays(auth)),
      authAll: typeof auth === 'object' && 'all' in auth && auth.all.length > 1,
      scopes: unique(route.scopes ?? []),
      rateLimits: compileLimits(route.rateLimit ?? [], config.rateLimits ?? []),
      bodyLimitBytes: sizeToBytes(route.limits?.body ?? bodyLimit),
      allowEncodedSlash: route.allowEncodedSlash ?? false,
      ...compileRules(route),
      learning: learning[index] ?? null,
      validate: route.validate === undefined ? null : compileValidation(route.validate),
      attackFilter: compileAttackFilter(id, route, service, config),
      responseGuard: compileRouteGuard(route, config),
      concurrency: route.concurrency ?? [],
      loginProtection: compileLoginProtection(route, defaults.loginProtection),
      openapi,
    };
  });
}

/** `GET /orders/{id}`, `GET,POST /orders`; `ANY /orders` when the route takes every method. */
export function routeId(methods: readonly string[], path: string): string {
  return `${methods.length === 0 ? 'ANY' : methods.join(',')} ${path}`;
}
