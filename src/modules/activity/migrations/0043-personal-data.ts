import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** How many personal values of which kind the answers of a route held, by days (Unix milliseconds of their beginning, UTC). */
export const personalData: Migration = {
  id: '0043-personal-data',
  async up(schema) {
    await sql`CREATE TABLE activity_personal (
      day INTEGER NOT NULL,
      service INTEGER NOT NULL,
      route INTEGER NOT NULL,
      kind TEXT NOT NULL,
      answers INTEGER NOT NULL,
      personal_values INTEGER NOT NULL,
      PRIMARY KEY (day, service, route, kind)
    ) WITHOUT ROWID`.execute(schema);
  },
};
