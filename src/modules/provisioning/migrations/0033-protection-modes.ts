import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** In which mode each protection is, and since when (Unix milliseconds). */
export const protectionModes: Migration = {
  id: '0033-protection-modes',
  async up(schema) {
    await sql`CREATE TABLE protection_modes (id TEXT PRIMARY KEY, mode TEXT NOT NULL, since INTEGER NOT NULL)`.execute(
      schema,
    );
  },
};
