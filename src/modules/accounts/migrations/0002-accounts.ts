import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

export const accountTables: Migration = {
  id: '0002-accounts',
  async up(schema) {
    const statements = [
      sql`CREATE TABLE business (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL)`,
      sql`CREATE TABLE accounts (
        id TEXT PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        passphrase_hash TEXT NOT NULL,
        totp_secret TEXT,
        totp_offer TEXT,
        totp_last_step INTEGER,
        created_at INTEGER NOT NULL
      )`,
      sql`CREATE TABLE recovery_codes (
        hash TEXT NOT NULL,
        account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        used_at INTEGER,
        PRIMARY KEY (account_id, hash)
      )`,
      sql`CREATE TABLE account_sessions (
        id TEXT PRIMARY KEY,
        account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
        token_hash TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        last_seen_at INTEGER NOT NULL,
        address TEXT NOT NULL,
        device TEXT NOT NULL
      )`,
      sql`CREATE TABLE api_tokens (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        access TEXT NOT NULL,
        token_hash TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        last_used_at INTEGER
      )`,
      sql`CREATE TABLE sign_in_attempts (
        subject TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        locked_until INTEGER NOT NULL
      )`,
    ];
    for (const statement of statements) await statement.execute(schema);
  },
};
