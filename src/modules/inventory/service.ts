import type { Transaction } from 'kysely';
import type { Change, Route, RouteInput, ScopeInUse, Service, ServiceInput } from '../../contracts/api/front-door.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ApplyChange } from '../../platform/apply-change.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto/token.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import { firstRoutes } from './first-routes.ts';
import {
  type InventoryDb,
  type InventoryTables,
  inventoryTablesOf,
  type RouteRow,
  readRoutes,
  readServices,
  type ServiceRow,
} from './store.ts';

export type InventoryDeps = {
  database: Database;
  audit: Audit;
  clock: Clock;
  /** Provisioning's: every change is compiled before it is stored. */
  applyChange: ApplyChange;
  /** How the compiled configuration calls a route: `routeId` of `src/configuration/`. */
  routeId(methods: readonly string[], path: string): string;
};

type Patch<T> = { [K in keyof T]?: T[K] | undefined };

/** The services behind the front door and their routes. Changes throw `change-refused`, `name-taken`, `service-unknown`, `route-unknown`. */
export type Inventory = {
  services(): Promise<Service[]>;
  addService(actor: Actor, input: ServiceInput): Promise<{ service: Service; change: Change }>;
  changeService(actor: Actor, id: string, patch: Patch<ServiceInput>): Promise<{ service: Service; change: Change }>;
  removeService(actor: Actor, id: string): Promise<Change>;
  routes(serviceId: string): Promise<Route[]>;
  addRoute(actor: Actor, serviceId: string, input: RouteInput): Promise<{ route: Route; change: Change }>;
  changeRoute(actor: Actor, id: string, patch: Patch<RouteInput>): Promise<{ route: Route; change: Change }>;
  removeRoute(actor: Actor, id: string): Promise<Change>;
  /** Which permissions the routes ask for, in the alphabet's order. */
  scopes(): Promise<ScopeInUse[]>;
  /** What a route asks for today; empty when it is gone. `route` is its id in the compiled configuration. */
  routeScopes(service: string, route: string): Promise<string[]>;
};

export function createInventory(deps: InventoryDeps): Inventory {
  const db = deps.database.tables<InventoryTables>();
  const showRoute = (row: RouteRow): Route => ({
    id: row.id,
    routeId: deps.routeId(list(row.methods), row.path),
    serviceId: row.service_id,
    path: row.path,
    methods: list(row.methods),
    auth: row.auth,
    scopes: list(row.scopes),
    rateLimits: JSON.parse(row.rate_limits) as Route['rateLimits'],
    mode: row.mode,
    title: row.title,
  });
  const change = async <T>(actor: Actor, mutate: (tx: InventoryDb, whole: Transaction<unknown>) => Promise<T>) =>
    await deps.applyChange(actor, (whole) => mutate(inventoryTablesOf(whole), whole));

  return {
    services: async () => {
      const counts = Map.groupBy(await readRoutes(db), (route) => route.service_id);
      return (await readServices(db)).map((row) => showService(row, counts.get(row.id)?.length ?? 0));
    },

    addService: async (actor, input) => {
      const done = await change(actor, async (tx, whole) => {
        const before = await readServices(tx);
        if (before.some((service) => service.name === input.name)) throw nameTaken(input.name);
        const row: ServiceRow = {
          id: newId('svc'),
          name: input.name,
          title: input.title || input.name,
          upstream: input.upstream,
          preserve_host: input.preserveHost === true ? 1 : 0,
          timeouts: null,
          position: nextPosition(before),
          created_at: deps.clock.now(),
          extras: '{}',
        };
        await tx.insertInto('services').values(row).execute();
        const routes = firstRoutes(row, await readRoutes(tx));
        for (const route of routes) await tx.insertInto('service_routes').values(route).execute();
        const detail = { upstream: row.upstream, routes: routes.map((route) => route.path) };
        await deps.audit.record(whole, { actor, action: 'service.create', subject: row.name, detail });
        return showService(row, routes.length);
      });
      return { service: done.result, change: done.change };
    },

    changeService: async (actor, id, patch) => {
      const done = await change(actor, async (tx, whole) => {
        const row = await serviceOf(tx, id);
        if (patch.name !== undefined && patch.name !== row.name) {
          const other = await tx.selectFrom('services').select('id').where('name', '=', patch.name).executeTakeFirst();
          if (other !== undefined) throw nameTaken(patch.name);
        }
        const next: ServiceRow = {
          ...row,
          name: patch.name ?? row.name,
          title: patch.title ?? row.title,
          upstream: patch.upstream ?? row.upstream,
          preserve_host: patch.preserveHost === undefined ? row.preserve_host : patch.preserveHost ? 1 : 0,
        };
        await tx.updateTable('services').set(next).where('id', '=', id).execute();
        await deps.audit.record(whole, { actor, action: 'service.update', subject: row.name, detail: { ...patch } });
        const routes = await tx.selectFrom('service_routes').select('id').where('service_id', '=', id).execute();
        return showService(next, routes.length);
      });
      return { service: done.result, change: done.change };
    },

    removeService: async (actor, id) => {
      const done = await change(actor, async (tx, whole) => {
        const row = await serviceOf(tx, id);
        await tx.deleteFrom('services').where('id', '=', id).execute();
        await deps.audit.record(whole, { actor, action: 'service.delete', subject: row.name });
      });
      return done.change;
    },

    routes: async (serviceId) => {
      await serviceOf(db, serviceId);
      return (await routesOf(db, serviceId)).map(showRoute);
    },

    addRoute: async (actor, serviceId, input) => {
      const done = await change(actor, async (tx, whole) => {
        const service = await serviceOf(tx, serviceId);
        const row = withInput(
          {
            ...{ id: newId('rt'), service_id: serviceId, hostnames: '[]', body_limit: null, title: '', extras: '{}' },
            position: nextPosition(await routesOf(tx, serviceId)),
          },
          input,
        );
        await tx.insertInto('service_routes').values(row).execute();
        const detail = { service: service.name, ...input };
        await deps.audit.record(whole, { actor, action: 'route.create', subject: showRoute(row).routeId, detail });
        return showRoute(row);
      });
      return { route: done.result, change: done.change };
    },

    changeRoute: async (actor, id, patch) => {
      const done = await change(actor, async (tx, whole) => {
        const row = await routeOf(tx, id);
        const { id: _id, routeId, serviceId: _service, ...before } = showRoute(row);
        const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        const next = withInput(row, { ...before, ...set });
        await tx.updateTable('service_routes').set(next).where('id', '=', id).execute();
        await deps.audit.record(whole, { actor, action: 'route.update', subject: routeId, detail: set });
        return showRoute(next);
      });
      return { route: done.result, change: done.change };
    },

    removeRoute: async (actor, id) => {
      const done = await change(actor, async (tx, whole) => {
        const row = await routeOf(tx, id);
        await tx.deleteFrom('service_routes').where('id', '=', id).execute();
        await deps.audit.record(whole, { actor, action: 'route.delete', subject: showRoute(row).routeId });
      });
      return done.change;
    },

    scopes: async () => {
      const uses = new Map<string, string[]>();
      for (const route of (await readRoutes(db)).map(showRoute)) {
        for (const scope of route.scopes) uses.set(scope, [...(uses.get(scope) ?? []), route.routeId]);
      }
      return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([scope, routes]) => ({ scope, routes }));
    },

    routeScopes: async (service, route) => {
      const owner = await db.selectFrom('services').select('id').where('name', '=', service).executeTakeFirst();
      if (owner === undefined) return [];
      const routes = (await routesOf(db, owner.id)).map(showRoute);
      // Routes that differ by host name alone have the host names after their id.
      return routes.find(({ routeId }) => route === routeId || route.startsWith(`${routeId} `))?.scopes ?? [];
    },
  };
}

type Fixed = Pick<RouteRow, 'id' | 'service_id' | 'hostnames' | 'body_limit' | 'title' | 'position' | 'extras'>;

function withInput(row: Fixed, input: RouteInput): RouteRow {
  return {
    ...{ id: row.id, service_id: row.service_id, hostnames: row.hostnames, body_limit: row.body_limit },
    path: input.path,
    methods: JSON.stringify([...new Set(input.methods)]),
    auth: input.auth,
    scopes: JSON.stringify([...new Set(input.scopes)]),
    rate_limits: JSON.stringify(input.rateLimits),
    mode: input.mode,
    title: input.title ?? row.title,
    position: row.position,
    extras: row.extras,
  };
}

const showService = (row: ServiceRow, routeCount: number): Service => ({
  id: row.id,
  name: row.name,
  title: row.title,
  upstream: row.upstream,
  preserveHost: row.preserve_host === 1,
  routeCount,
  createdAt: new Date(row.created_at).toISOString(),
});

const list = (json: string) => JSON.parse(json) as string[];
const nextPosition = (rows: readonly { position: number }[]) => Math.max(-1, ...rows.map((row) => row.position)) + 1;

const routesOf = (db: InventoryDb, serviceId: string) =>
  db
    .selectFrom('service_routes')
    .selectAll()
    .where('service_id', '=', serviceId)
    .orderBy('position')
    .orderBy('id')
    .execute();

async function serviceOf(db: InventoryDb, id: string): Promise<ServiceRow> {
  const row = await db.selectFrom('services').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw unknown('service-unknown', 'This service is not there any more.');
  return row;
}

async function routeOf(db: InventoryDb, id: string): Promise<RouteRow> {
  const row = await db.selectFrom('service_routes').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw unknown('route-unknown', 'This route is not there any more.');
  return row;
}

const unknown = (code: string, message: string) =>
  new AppError(code, message, { status: 404, next: 'Look at the list again.' });
const nameTaken = (name: string) =>
  new AppError('name-taken', `There is already a service called "${name}".`, {
    status: 409,
    next: 'Choose another name.',
  });
