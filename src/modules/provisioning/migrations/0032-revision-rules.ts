import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/**
 * What is needed to go back to a revision: its rules as a configuration without consumers, and what it changed in plain lines.
 * Revisions of before have no rules and cannot be gone back to.
 */
export const revisionRules: Migration = {
  id: '0032-revision-rules',
  async up(schema) {
    await sql`ALTER TABLE revisions ADD COLUMN rules TEXT`.execute(schema);
    await sql`ALTER TABLE revisions ADD COLUMN changes TEXT NOT NULL DEFAULT '[]'`.execute(schema);
    await sql`ALTER TABLE revisions ADD COLUMN change_count INTEGER NOT NULL DEFAULT 0`.execute(schema);
  },
};
