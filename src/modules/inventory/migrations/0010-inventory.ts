import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

export const inventoryTables: Migration = {
  id: '0010-inventory',
  async up(schema) {
    const statements = [
      sql`CREATE TABLE services (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        upstream TEXT NOT NULL,
        preserve_host INTEGER NOT NULL,
        timeouts TEXT,
        position INTEGER NOT NULL,
        created_at INTEGER NOT NULL
      )`,
      sql`CREATE TABLE service_routes (
        id TEXT PRIMARY KEY,
        service_id TEXT NOT NULL REFERENCES services (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        methods TEXT NOT NULL,
        hostnames TEXT NOT NULL,
        auth TEXT NOT NULL,
        scopes TEXT NOT NULL,
        rate_limits TEXT NOT NULL,
        mode TEXT NOT NULL,
        body_limit TEXT,
        title TEXT NOT NULL,
        position INTEGER NOT NULL
      )`,
      sql`CREATE INDEX service_routes_service ON service_routes (service_id, position)`,
    ];
    for (const statement of statements) await statement.execute(schema);
  },
};
