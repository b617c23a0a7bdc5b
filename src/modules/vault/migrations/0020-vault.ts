import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

export const vaultTables: Migration = {
  id: '0020-vault',
  async up(schema) {
    const statements = [
      sql`CREATE TABLE consumers (
        name TEXT PRIMARY KEY,
        scopes TEXT NOT NULL,
        attributes TEXT NOT NULL,
        position INTEGER NOT NULL,
        created_at INTEGER NOT NULL
      )`,
      sql`CREATE TABLE api_keys (
        id TEXT PRIMARY KEY,
        consumer TEXT NOT NULL REFERENCES consumers (name) ON DELETE CASCADE,
        hash TEXT NOT NULL UNIQUE,
        hint TEXT NOT NULL,
        scopes TEXT,
        position INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        revoked_at INTEGER,
        last_used_at INTEGER
      )`,
      sql`CREATE INDEX api_keys_consumer ON api_keys (consumer, position)`,
    ];
    for (const statement of statements) await statement.execute(schema);
  },
};
