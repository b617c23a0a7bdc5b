import type { Transaction } from 'kysely';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { RateLimit } from '../../contracts/config/rate-limit-config.ts';
import { newId } from '../../platform/crypto/token.ts';
import { inventoryTablesOf, type RouteRow, readRoutes, readServices, type ServiceRow } from './store.ts';
import { firstUpstream } from './upstream-list.ts';

/**
 * Puts the services of a configuration in the place of all that are there. What a configuration does not say (ids, titles, when
 * something was made) stays with services of the same name and routes of the same path and methods.
 */
export async function replaceServices<Tables>(
  change: Transaction<Tables>,
  config: GatewayConfig,
  now: number,
): Promise<{ services: number; routes: number }> {
  const db = inventoryTablesOf(change);
  const before = new Map((await readServices(db)).map((service) => [service.name, service]));
  const routesBefore = new Map((await readRoutes(db)).map((route) => [routeKey(route), route]));
  await db.deleteFrom('service_routes').execute();
  await db.deleteFrom('services').execute();
  let routes = 0;
  for (const [position, service] of config.services.entries()) {
    const known = before.get(service.name);
    const { name: _name, upstream, preserveHost: _host, timeouts: _timeouts, routes: _routes, ...rest } = service;
    const extras = typeof upstream === 'string' ? rest : { ...rest, upstream };
    const row: ServiceRow = {
      id: known?.id ?? newId('svc'),
      name: service.name,
      title: known?.title ?? service.name,
      upstream: firstUpstream(upstream),
      preserve_host: service.preserveHost === true ? 1 : 0,
      timeouts: service.timeouts === undefined ? null : JSON.stringify(service.timeouts),
      position,
      created_at: known?.created_at ?? now,
      extras: JSON.stringify(extras),
    };
    await db.insertInto('services').values(row).execute();
    const rows = service.routes.map((route, at) => {
      const made = toRow(route, row.id, at, config.defaults ?? {});
      const old = routesBefore.get(routeKey(made));
      routesBefore.delete(routeKey(made));
      return old === undefined ? made : { ...made, id: old.id, title: old.title };
    });
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      await db
        .insertInto('service_routes')
        .values(rows.slice(at, at + ROWS_AT_ONCE))
        .execute();
    }
    routes += rows.length;
  }
  return { services: config.services.length, routes };
}

function toRow(
  route: GatewayConfig['services'][number]['routes'][number],
  serviceId: string,
  position: number,
  defaults: NonNullable<GatewayConfig['defaults']>,
): RouteRow {
  const { match: _match, auth, scopes: _scopes, rateLimit = [], mode: _mode, limits: _limits, ...rest } = route;
  // The console has fields for plain limits; the others stay as they are written.
  const plain = rateLimit.filter((limit) => RateLimit.safeParse(limit).success);
  const others = rateLimit.filter((limit) => !plain.includes(limit));
  const extras = {
    ...rest,
    ...(typeof auth === 'object' ? { auth } : {}),
    ...(others.length === 0 ? {} : { rateLimit: others }),
  };
  return {
    id: newId('rt'),
    service_id: serviceId,
    path: route.match.path,
    methods: JSON.stringify([...new Set(route.match.methods ?? [])]),
    hostnames: JSON.stringify(route.match.hostnames ?? []),
    auth: (route.auth ?? defaults.auth) === 'none' ? 'none' : 'key',
    scopes: JSON.stringify(route.scopes ?? []),
    rate_limits: JSON.stringify(plain),
    mode: route.mode ?? defaults.mode ?? 'enforce',
    body_limit: route.limits?.body ?? null,
    title: '',
    position,
    extras: JSON.stringify(extras),
  };
}

const routeKey = (route: RouteRow) => [route.service_id, route.methods, route.path, route.hostnames].join('\n');
const ROWS_AT_ONCE = 100;
