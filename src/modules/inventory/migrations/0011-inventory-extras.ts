import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** Room for what a configuration file says about a service or route and the console has no field for: kept as it was written. */
export const inventoryExtras: Migration = {
  id: '0011-inventory-extras',
  async up(schema) {
    await sql`ALTER TABLE services ADD COLUMN extras TEXT NOT NULL DEFAULT '{}'`.execute(schema);
    await sql`ALTER TABLE service_routes ADD COLUMN extras TEXT NOT NULL DEFAULT '{}'`.execute(schema);
  },
};
