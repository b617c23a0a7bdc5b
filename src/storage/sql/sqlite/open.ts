import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { AppError } from '../../../platform/app-error.ts';
import type { Database } from '../database.ts';
import { nodeSqliteDialect } from './dialect.ts';

/**
 * Opens (or makes) the SQLite file at `file`. WAL with `synchronous = NORMAL`: a crash of the process loses nothing, a power
 * cut at most the last moments. Throws `AppError('database-damaged')` for a file that is no database or is corrupt.
 */
export function openSqlite(file: string): Database {
  let sqlite: DatabaseSync;
  try {
    sqlite = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
    sqlite.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;',
    );
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (cause) {
    throw damaged(file, cause);
  }
  // Kysely types its queries per slice; the instance itself is the same for all of them.
  const kysely = new Kysely<unknown>({ dialect: nodeSqliteDialect(sqlite) });
  return {
    engine: 'sqlite',
    tables: <Tables>() => kysely as unknown as Kysely<Tables>,
    copyTo: async (target) => {
      await backup(sqlite, target);
    },
    checkIntegrity: () => {
      const rows = sqlite.prepare('PRAGMA quick_check(1)').all();
      const first = rows[0]?.quick_check;
      if (first !== 'ok') throw damaged(file, first);
    },
    close: () => kysely.destroy(),
  };
}

function damaged(file: string, cause: unknown): AppError {
  return new AppError(
    'database-damaged',
    `The database ${file} cannot be read: it is damaged or not a Nightlatch database.`,
    {
      next: 'Put it aside and restore the last backup with "nightlatch restore FILE"; backups made before upgrades lie beside it.',
      cause,
    },
  );
}
