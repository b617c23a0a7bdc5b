import { sql } from 'kysely';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import { migrate } from '../../storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../storage/sql/sqlite/open.ts';
import { MIGRATIONS } from './migrations.ts';

type SchemaTables = { sqlite_schema: { name: string; type: string } };

/**
 * Whether a database file could be put into service: it opens, is whole, is one of Nightlatch, and this version knows its
 * schema, which is brought up to date on the way. For copies, never for the file in use. Throws `AppError`.
 */
export async function checkDatabaseFile(file: string): Promise<void> {
  const database = openSqlite(file);
  try {
    database.checkIntegrity();
    const table = await database
      .tables<SchemaTables>()
      .selectFrom('sqlite_schema')
      .select('name')
      .where(sql`name`, '=', 'schema_migrations')
      .executeTakeFirst();
    if (table === undefined) {
      throw new AppError('database-foreign', 'This database was not made by Nightlatch.', {
        next: 'Name a backup that "nightlatch backup" made.',
      });
    }
    await migrate(database, MIGRATIONS, { clock: systemClock, backupFile: (from) => `${file}.before-${from}` });
  } finally {
    await database.close();
  }
}
