import type { Kysely } from 'kysely';

/**
 * The control plane's database, whatever engine is behind it. A module types its own tables:
 * `database.tables<AccountsTables>()`. Times are Unix milliseconds in integer columns; booleans are 0 or 1; JSON is text.
 */
export type Database = {
  readonly engine: 'sqlite';
  /** The query builder, typed with the tables of the slice that asks. */
  tables<Tables>(): Kysely<Tables>;
  /** A consistent copy of the whole database into a new file, made while others read and write. */
  copyTo(file: string): Promise<void>;
  /** Throws `AppError('database-damaged')` when the engine's own check finds a fault. */
  checkIntegrity(): void;
  close(): Promise<void>;
};
