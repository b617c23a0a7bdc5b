import type { Kysely, Transaction } from 'kysely';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { withFirstUpstream } from './upstream-list.ts';

export type ServiceRow = {
  id: string;
  name: string;
  title: string;
  upstream: string;
  preserve_host: number;
  /** JSON as in the configuration; null: the defaults. */
  timeouts: string | null;
  /** The order in which people wrote them. */
  position: number;
  created_at: number;
  /** JSON: what the configuration says besides; kept for the gateway and for the export. */
  extras: string;
};

/** `methods`, `hostnames`, `scopes` and `rate_limits` are JSON lists as in the configuration. */
export type RouteRow = {
  id: string;
  service_id: string;
  path: string;
  methods: string;
  hostnames: string;
  auth: 'key' | 'none';
  scopes: string;
  rate_limits: string;
  mode: 'off' | 'monitor' | 'enforce';
  body_limit: string | null;
  title: string;
  position: number;
  /** JSON: what the configuration says besides, and an `auth` that the column cannot hold. */
  extras: string;
};

export type InventoryTables = { services: ServiceRow; service_routes: RouteRow };
export type InventoryDb = Kysely<InventoryTables>;

type ServiceConfig = GatewayConfig['services'][number];
type RouteConfig = ServiceConfig['routes'][number];

/** The slice's tables inside a change that others take part in: the connection is the same, only the types differ. */
export const inventoryTablesOf = <Tables>(change: Transaction<Tables> | Kysely<Tables>) =>
  change as unknown as InventoryDb;

export const readServices = (db: InventoryDb) =>
  db.selectFrom('services').selectAll().orderBy('position').orderBy('id').execute();

export const readRoutes = (db: InventoryDb) =>
  db.selectFrom('service_routes').selectAll().orderBy('service_id').orderBy('position').orderBy('id').execute();

/** All services with their routes, as the configuration writes them. */
export async function readServiceConfigs<Tables>(
  change: Transaction<Tables> | Kysely<Tables>,
): Promise<ServiceConfig[]> {
  const db = inventoryTablesOf(change);
  const services = await readServices(db);
  const routes = Map.groupBy(await readRoutes(db), (route) => route.service_id);
  return services.map((service) => {
    const extras = JSON.parse(service.extras) as Partial<ServiceConfig>;
    return {
      ...extras,
      name: service.name,
      upstream: withFirstUpstream(extras.upstream, service.upstream),
      ...(service.preserve_host === 1 ? { preserveHost: true } : {}),
      ...(service.timeouts === null ? {} : { timeouts: JSON.parse(service.timeouts) as ServiceConfig['timeouts'] }),
      routes: (routes.get(service.id) ?? []).map(toRouteConfig),
    };
  });
}

function toRouteConfig(row: RouteRow): RouteConfig {
  const methods = JSON.parse(row.methods) as string[];
  const hostnames = JSON.parse(row.hostnames) as string[];
  const scopes = JSON.parse(row.scopes) as string[];
  const plain = JSON.parse(row.rate_limits) as NonNullable<RouteConfig['rateLimit']>;
  const { auth, rateLimit: others = [], ...extras } = JSON.parse(row.extras) as Partial<RouteConfig>;
  const rateLimit = [...plain, ...others];
  return {
    ...extras,
    match: {
      path: row.path,
      ...(methods.length === 0 ? {} : { methods }),
      ...(hostnames.length === 0 ? {} : { hostnames }),
    },
    auth: row.auth === 'key' ? (auth ?? 'required') : 'none',
    ...(scopes.length === 0 ? {} : { scopes }),
    ...(rateLimit.length === 0 ? {} : { rateLimit }),
    ...(row.mode === 'enforce' ? {} : { mode: row.mode }),
    ...(row.body_limit === null ? {} : { limits: { body: row.body_limit } }),
  };
}
