import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** Room for what a configuration file says about a consumer and the console has no field for: kept as it was written. */
export const vaultExtras: Migration = {
  id: '0022-vault-extras',
  async up(schema) {
    await sql`ALTER TABLE consumers ADD COLUMN extras TEXT NOT NULL DEFAULT '{}'`.execute(schema);
  },
};
