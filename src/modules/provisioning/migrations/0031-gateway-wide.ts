import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** What a configuration says for the gateway as a whole besides `server`: the block list and its like, as JSON. */
export const gatewayWide: Migration = {
  id: '0031-gateway-wide',
  async up(schema) {
    await sql`ALTER TABLE front_door ADD COLUMN gateway_wide TEXT NOT NULL DEFAULT '{}'`.execute(schema);
  },
};
