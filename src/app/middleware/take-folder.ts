import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../platform/app-error.ts';

const taken = new Set<string>();

/**
 * Takes a data folder for this process, as two would write into one record. Returns what gives it back. Throws
 * `AppError('data-folder-taken')`. The folder of a process that has died is taken over.
 */
export function takeFolder(dataDir: string): () => void {
  const folder = resolve(dataDir);
  const file = join(folder, 'middleware.pid');
  if (taken.has(folder) || isHeldByOther(file)) {
    throw new AppError('data-folder-taken', `Another guard already uses ${folder}.`, {
      next: 'Give each process a dataDir of its own, and call protect() once in each process.',
    });
  }
  writeFileSync(file, String(process.pid), { mode: 0o600 });
  taken.add(folder);
  return () => {
    taken.delete(folder);
    rmSync(file, { force: true });
  };
}

function isHeldByOther(file: string): boolean {
  let pid: number;
  try {
    pid = Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  // In containers every process has the same number.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
