import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

export const provisioningTables: Migration = {
  id: '0030-provisioning',
  async up(schema) {
    const statements = [
      sql`CREATE TABLE revisions (
        revision INTEGER PRIMARY KEY,
        created_at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        snapshot TEXT NOT NULL
      )`,
      sql`CREATE TABLE front_door (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        server TEXT NOT NULL,
        lock_state TEXT
      )`,
      sql`INSERT INTO front_door (id, server, lock_state) VALUES (1, '{}', NULL)`,
      sql`CREATE TABLE gateways (
        id TEXT PRIMARY KEY,
        report TEXT NOT NULL,
        last_seen_at INTEGER NOT NULL
      )`,
    ];
    for (const statement of statements) await statement.execute(schema);
  },
};
