import type { Transaction } from 'kysely';
import { inventoryTablesOf, readRoutes, readServices } from './store.ts';

/** Takes down every service and route as it is now. What it answers with puts them back exactly so, within another change. */
export async function takeDownServices<Tables>(change: Transaction<Tables>) {
  const services = await readServices(inventoryTablesOf(change));
  const routes = await readRoutes(inventoryTablesOf(change));
  return async <Later>(later: Transaction<Later>): Promise<void> => {
    const db = inventoryTablesOf(later);
    await db.deleteFrom('service_routes').execute();
    await db.deleteFrom('services').execute();
    for (const row of services) await db.insertInto('services').values(row).execute();
    for (let at = 0; at < routes.length; at += ROWS_AT_ONCE) {
      await db
        .insertInto('service_routes')
        .values(routes.slice(at, at + ROWS_AT_ONCE))
        .execute();
    }
  };
}

const ROWS_AT_ONCE = 100;
