import { statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Database } from '../../storage/sql/database.ts';
import { migrate } from '../../storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../storage/sql/sqlite/open.ts';
import { type DataPaths, makePrivateFolder } from '../paths.ts';
import { MIGRATIONS } from './migrations.ts';

/** The engine's check reads the whole file; a larger one is left to `doctor`, so that the start stays quick. */
const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;

/**
 * Opens the database of a data folder and brings its schema up to date; a copy goes to `backups/` before that. Throws
 * `AppError('database-damaged' | 'schema-newer' | 'disk-full')`; the file is untouched then.
 */
export async function openDatabase(paths: DataPaths): Promise<{ database: Database; applied: string[] }> {
  // Whatever this process writes from here on, SQLite's files too, is its owner's alone.
  process.umask(0o077);
  makePrivateFolder(paths.backups);
  demandSpace(paths.folder);
  const database = openSqlite(paths.database);
  try {
    if (statSync(paths.database).size <= CHECKED_AT_START_BYTES) database.checkIntegrity();
    const applied = await migrate(database, MIGRATIONS, {
      clock: systemClock,
      backupFile: (from) => join(paths.backups, `before-upgrade-from-${from}.db`),
    });
    return { database, applied };
  } catch (error) {
    await database.close();
    throw error;
  }
}

const LEAST_FREE_BYTES = 16 * 1024 * 1024;

/** A disk that is about to be full is said before anything is written, not somewhere in the middle. */
function demandSpace(folder: string): void {
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  if (free >= LEAST_FREE_BYTES) return;
  throw new AppError(
    'disk-full',
    `The disk of ${folder} is full: ${Math.floor(free / 1024)} KiB are free, 16 MiB are needed.`,
    {
      next: 'Nothing that was stored is lost. Free some space and start again.',
    },
  );
}
