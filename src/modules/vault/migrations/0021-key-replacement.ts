import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** Which key took another one's place and when, and which keys strangers have seen. */
export const keyReplacement: Migration = {
  id: '0021-key-replacement',
  async up(schema) {
    await sql`ALTER TABLE api_keys ADD COLUMN replaced_by TEXT`.execute(schema);
    await sql`ALTER TABLE api_keys ADD COLUMN replaced_at INTEGER`.execute(schema);
    await sql`ALTER TABLE api_keys ADD COLUMN leaked INTEGER NOT NULL DEFAULT 0`.execute(schema);
  },
};
