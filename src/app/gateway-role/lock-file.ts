import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SnapshotLock } from '../../contracts/snapshot/snapshot-lock.ts';
import { writePrivateFile } from '../private-file.ts';

/** The emergency lock of a gateway without control plane: a file in its data folder, which it watches. */
export const lockFile = (dataDir: string): string => join(dataDir, 'lock.json');

export type LockOnDisk = { lock: SnapshotLock | null; unreadable: boolean };

/** What the file says. One that cannot be understood closes everything: a lock must not open because of a typing error. */
export function readLock(dataDir: string, now: number): LockOnDisk {
  const file = lockFile(dataDir);
  if (!existsSync(file)) return { lock: null, unreadable: false };
  try {
    return { lock: SnapshotLock.parse(JSON.parse(readFileSync(file, 'utf8'))), unreadable: false };
  } catch {
    return { lock: { since: now, message: '', routes: 'all', allowConsumers: [] }, unreadable: true };
  }
}

export function writeLock(dataDir: string, lock: SnapshotLock): void {
  writePrivateFile(lockFile(dataDir), `${JSON.stringify(lock, null, 2)}\n`);
}

export function removeLock(dataDir: string): void {
  rmSync(lockFile(dataDir), { force: true });
}
