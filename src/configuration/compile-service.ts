import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotRoute } from '../contracts/snapshot/snapshot-route.ts';
import type { SnapshotService } from '../contracts/snapshot/snapshot-service.ts';
import { durationToMs, sizeToBytes } from '../contracts/units.ts';
import { compileLearning, compileRules } from './compile-ownership.ts';
import { compileRouteGuard } from './compile-response-guard.ts';
import { compileValidation } from './compile-validation.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import { rateLimitNames } from './rate-limit-names.ts';
import { unique } from './unique.ts';

type Service = GatewayConfig['services'][number];

/** Where a service runs, with every default filled in. */
export function compileService(service: Service): SnapshotService {
  return {
    name: service.name,
    upstream: new URL(service.upstream).href.replace(/\/+$/, ''),
    preserveHost: service.preserveHost ?? false,
    connectTimeoutMs: durationToMs(service.timeouts?.connect ?? CONFIG_DEFAULTS.timeouts.connect),
    responseTimeoutMs: durationToMs(service.timeouts?.response ?? CONFIG_DEFAULTS.timeouts.response),
  };
}

/** The routes of a service, with the defaults of the whole configuration. */
export function compileRoutes(service: Service, config: GatewayConfig, bodyLimit: string): SnapshotRoute[] {
  const defaults = config.defaults ?? {};
  const required: SnapshotRoute['auth'] = config.jwt === undefined ? ['apiKey'] : ['apiKey', 'jwt'];
  const ids = new Set<string>();
  const auths = service.routes.map((route) => route.auth ?? defaults.auth ?? CONFIG_DEFAULTS.auth);
  const learning = compileLearning(
    service,
    auths.map((auth) => auth === 'none'),
  );
  return service.routes.map((route, index) => {
    const auth = auths[index] ?? CONFIG_DEFAULTS.auth;
    const names = rateLimitNames(route.rateLimit ?? []);
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
      auth: auth === 'none' ? [] : auth === 'required' ? required : unique(auth.any),
      scopes: unique(route.scopes ?? []),
      rateLimits: (route.rateLimit ?? []).map((limit, place) => ({
        name: names[place] ?? limit.key,
        key: limit.key,
        quota: limit.quota,
        windowMs: durationToMs(limit.window),
      })),
      bodyLimitBytes: sizeToBytes(route.limits?.body ?? bodyLimit),
      ...compileRules(route),
      learning: learning[index] ?? null,
      validate: route.validate === undefined ? null : compileValidation(route.validate),
      responseGuard: compileRouteGuard(route, config),
    };
  });
}

/** `GET /orders/{id}`, `GET,POST /orders`; `ANY /orders` when the route takes every method. */
export function routeId(methods: readonly string[], path: string): string {
  return `${methods.length === 0 ? 'ANY' : methods.join(',')} ${path}`;
}
