import type { Kysely, Transaction } from 'kysely';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { inventoryTablesOf, readRoutes, readServiceConfigs, readServices } from './store.ts';

type ServiceConfig = GatewayConfig['services'][number];
type WithId<Config> = { id: string; config: Config };
export type ServiceWithIds = WithId<ServiceConfig> & { routes: WithId<ServiceConfig['routes'][number]>[] };

/** All services with their routes as the configuration writes them, each with the id under which it is changed. */
export async function readServicesWithIds<Tables>(
  change: Transaction<Tables> | Kysely<Tables>,
): Promise<ServiceWithIds[]> {
  const db = inventoryTablesOf(change);
  const configs = new Map((await readServiceConfigs(change)).map((config) => [config.name, config]));
  const routes = Map.groupBy(await readRoutes(db), (route) => route.service_id);
  return (await readServices(db)).flatMap(({ id, name }) => {
    const config = configs.get(name);
    if (config === undefined) return [];
    const ids = (routes.get(id) ?? []).map((route) => route.id);
    // Both lists are in the order in which people wrote the routes.
    return [{ id, config, routes: config.routes.map((route, index) => ({ id: ids[index] ?? '', config: route })) }];
  });
}
