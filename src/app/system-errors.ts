import { AppError } from '../platform/app-error.ts';

export type { AppError };

/** An operating-system failure as a sentence with a next step; an `AppError` as it is; null for what nobody foresaw. */
export function explainError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return null;
  const { code, path } = error as NodeJS.ErrnoException;
  const where = path === undefined ? '' : ` (${path})`;
  if (code === 'ENOSPC' || code === 'EDQUOT' || (error as { errcode?: number }).errcode === SQLITE_FULL) {
    return new AppError('disk-full', `The disk is full${where}.`, {
      next: 'Nothing that was stored is lost. Free some space and try again.',
      cause: error,
    });
  }
  const engine = SQLITE_WORDS[(error as { errcode?: number }).errcode ?? -1];
  if (code === 'ERR_SQLITE_ERROR' && engine !== undefined)
    return new AppError(engine.code, engine.message, { next: engine.next, cause: error });
  const words = WORDS[code ?? ''];
  if (words === undefined) return null;
  return new AppError(words.code, `${words.message}${where}.`, { next: words.next, cause: error });
}

const SQLITE_FULL = 13;

/** By SQLite's primary result code (https://www.sqlite.org/rescode.html). */
const SQLITE_WORDS: Readonly<Record<number, { code: string; message: string; next: string }>> = {
  5: {
    code: 'database-busy',
    message: 'Another program holds the database.',
    next: 'Close what has nightlatch.db open and try again.',
  },
  8: {
    code: 'not-permitted',
    message: 'The database cannot be written by this user.',
    next: 'Check who owns the data folder.',
  },
  11: {
    code: 'database-damaged',
    message: 'The database is damaged.',
    next: 'Restore the last backup with "nightlatch restore FILE"; what is there is kept aside.',
  },
  26: {
    code: 'database-damaged',
    message: 'The file nightlatch.db is no database.',
    next: 'Restore the last backup with "nightlatch restore FILE"; what is there is kept aside.',
  },
};

const WORDS: Readonly<Record<string, { code: string; message: string; next: string }>> = {
  ENOENT: { code: 'file-missing', message: 'There is no such file', next: 'Check the name and the folder.' },
  EISDIR: { code: 'file-is-folder', message: 'A file is needed and this is a folder', next: 'Name a file in it.' },
  ENOTDIR: { code: 'folder-missing', message: 'A part of this path is no folder', next: 'Check the name.' },
  EACCES: { code: 'not-permitted', message: 'This user may not do that', next: 'Check who owns the file or port.' },
  EPERM: { code: 'not-permitted', message: 'This user may not do that', next: 'Check who owns the file.' },
  EROFS: { code: 'disk-read-only', message: 'The disk is read-only', next: 'Choose a folder on another disk.' },
  EADDRNOTAVAIL: {
    code: 'address-unknown',
    message: 'This machine does not have that address',
    next: 'Use 127.0.0.1, or :PORT for every address of the machine.',
  },
};
