import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** What each gateway has learnt of an operation, as it said last. Shapes, never values. */
export const draftsTables: Migration = {
  id: '0050-drafts',
  async up(schema) {
    await sql`CREATE TABLE drafts (
      gateway TEXT NOT NULL,
      service TEXT NOT NULL,
      route TEXT NOT NULL,
      method TEXT NOT NULL,
      shape TEXT NOT NULL,
      seen_until INTEGER NOT NULL,
      PRIMARY KEY (gateway, service, route, method)
    )`.execute(schema);
    await sql`CREATE INDEX drafts_service ON drafts (service)`.execute(schema);
  },
};
