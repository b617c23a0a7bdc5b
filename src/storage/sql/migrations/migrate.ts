import { existsSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { AppError } from '../../../platform/app-error.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../database.ts';

/** One step of the schema. Ids sort in the order in which they are applied and are never changed after a release. */
export type Migration = { readonly id: string; up(schema: Kysely<unknown>): Promise<void> };

type SchemaTables = { schema_migrations: { id: string; applied_at: number } };

/**
 * Brings the schema up to date, all steps in one transaction. Before the first step on a database with content, a copy is
 * made (`backupFile(lastAppliedId)` names it). Throws `AppError('schema-newer')` when the database was made by a later version.
 * Returns the ids applied now.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  options: { clock: Clock; backupFile: (from: string) => string },
): Promise<string[]> {
  const db = database.tables<SchemaTables>();
  await sql`CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL)`.execute(
    db,
  );
  const applied = (await db.selectFrom('schema_migrations').select('id').orderBy('id').execute()).map((row) => row.id);
  const known = new Set(migrations.map((migration) => migration.id));
  const foreign = applied.filter((id) => !known.has(id));
  if (foreign.length > 0) {
    throw new AppError(
      'schema-newer',
      `The data was written by a newer version of Nightlatch (it knows "${foreign[0]}").`,
      {
        next: 'Start the newer version again, or restore a backup made by this version with "nightlatch restore FILE".',
      },
    );
  }
  const done = new Set(applied);
  const pending = migrations.filter((migration) => !done.has(migration.id));
  const last = applied.at(-1);
  if (pending.length > 0 && last !== undefined) {
    const file = options.backupFile(last);
    if (!existsSync(file)) await database.copyTo(file);
  }
  await db.transaction().execute(async (transaction) => {
    for (const migration of pending) {
      await migration.up(transaction as unknown as Kysely<unknown>);
      await transaction
        .insertInto('schema_migrations')
        .values({ id: migration.id, applied_at: options.clock.now() })
        .execute();
    }
  });
  return pending.map((migration) => migration.id);
}
