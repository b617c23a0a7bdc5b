import { renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { AppError } from '../../../platform/app-error.ts';
import type { Database } from '../database.ts';
import { nodeSqliteDialect } from './dialect.ts';

/**
 * Opens (or makes) the SQLite file at `file`. WAL with `synchronous = NORMAL`: a crash of the process loses nothing, a power
 * cut at most the last moments. Throws `AppError('database-damaged')` for a file that is no database or is corrupt; what else
 * the engine or the system says (no permission, full disk) is thrown as it is.
 */
export function openSqlite(file: string): Database {
  const sqlite = new DatabaseSync(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true });
  try {
    sqlite.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;',
    );
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    sqlite.close();
    throw isDamage(error) ? damaged(file, error) : error;
  }
  // Kysely types its queries per slice; the instance itself is the same for all of them.
  const kysely = new Kysely<unknown>({ dialect: nodeSqliteDialect(sqlite) });
  return {
    engine: 'sqlite',
    tables: <Tables>() => kysely as unknown as Kysely<Tables>,
    copyTo: (target) => copyWhole(file, target),
    checkIntegrity: () => checkIntegrity(sqlite, file),
    close: async () => {
      await kysely.destroy();
      // Kysely closes only what it has used.
      if (sqlite.isOpen) sqlite.close();
    },
  };
}

/** All pages in one step: a copy in several is begun anew, or waits, whenever somebody writes in between. */
const PAGES_PER_STEP = 0x7fffffff;

/**
 * Copies through a reading connection of its own, which sees one state of the database while others write to it. The copy gets
 * its name only when it is whole, so that what a crash leaves behind is never taken for a backup.
 */
async function copyWhole(file: string, target: string): Promise<void> {
  const draft = `${target}.${process.pid}.part`;
  const reader = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    await backup(reader, draft, { rate: PAGES_PER_STEP });
    renameSync(draft, target);
  } finally {
    reader.close();
    rmSync(draft, { force: true });
  }
}

function checkIntegrity(sqlite: DatabaseSync, file: string): void {
  let verdict: unknown;
  try {
    verdict = sqlite.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  } catch (error) {
    throw isDamage(error) ? damaged(file, error) : error;
  }
  if (verdict !== 'ok') throw damaged(file, verdict);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, whatever their extended codes say besides. */
function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && [11, 26].includes(code & 0xff);
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

const BUSY_MS = 5_000;
