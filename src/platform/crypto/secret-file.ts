import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { AppError } from '../app-error.ts';
import { newToken } from './token.ts';

/**
 * The 32-byte key in `master.key`, made on the first call. Throws `AppError('secret-file-damaged')` when the file holds something
 * else and `AppError('secret-file-open')` when other users of the machine can read it.
 */
export function loadMasterKey(file: string): Buffer {
  const text = readOrCreate(file, () => randomBytes(32).toString('base64'));
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw damaged(file);
  return key;
}

/** The token in `gateway.token` (prefix `nlg_`) or `cli.token` (`nlc_`), made on the first call. Throws as `loadMasterKey`. */
export function loadTokenFile(file: string, prefix: string): string {
  const token = readOrCreate(file, () => newToken(prefix));
  if (!token.startsWith(prefix) || !/^[\x21-\x7e]{20,256}$/.test(token)) throw damaged(file);
  return token;
}

function readOrCreate(file: string, make: () => string): string {
  const found = read(file);
  if (found !== null) return found;
  // Written aside and linked into place, so that nobody ever reads half of it and, of two that start at once, the first wins.
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(aside, 'wx', 0o600);
  try {
    writeSync(handle, `${make()}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(aside);
  }
  return read(file) ?? damagedNow(file);
}

function read(file: string): string | null {
  try {
    // Windows knows no such bits and reports 0666 for everything.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw open(file);
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function damagedNow(file: string): never {
  throw damaged(file);
}

function damaged(file: string): AppError {
  return new AppError('secret-file-damaged', `The file ${file} does not hold what it should.`, {
    next: 'Restore it from a backup of the data folder.',
  });
}

function open(file: string): AppError {
  return new AppError('secret-file-open', `Other users of this machine can read the secret file ${file}.`, {
    next: `Close it with: chmod 600 ${file}`,
  });
}
