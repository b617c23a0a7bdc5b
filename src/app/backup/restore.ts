import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../platform/app-error.ts';
import { checkDatabaseFile } from '../control-plane/check-database.ts';
import { type DataPaths, makePrivateFolder } from '../paths.ts';
import { refuseWhenRunning } from '../running-file.ts';
import { ARCHIVE, Manifest, sha256Of } from './archive-files.ts';
import { readTarGz } from './tar.ts';

export type Restored = { from: string; keptAside: string | null };

/**
 * Puts a backup in place of what the data folder holds. Everything is unpacked and checked in a scratch folder first; then
 * what is there is moved aside, file by file within the folder, and back again should anything go wrong on the way.
 * Takes an archive of `makeBackup` or a bare database file. Throws `AppError`; the data folder is then as it was.
 */
export async function restoreBackup(paths: DataPaths, source: string): Promise<Restored> {
  await refuseWhenRunning(paths.running, 'it cannot be restored now');
  const isArchive = looksGzipped(source);
  makePrivateFolder(paths.folder);
  const scratch = mkdtempSync(join(paths.folder, 'restoring-'));
  try {
    if (isArchive) await unpack(source, scratch);
    else copyFileSync(source, join(scratch, ARCHIVE.database));
    await checkDatabaseFile(join(scratch, ARCHIVE.database));
    return { from: source, keptAside: swap(paths, scratch) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function unpack(source: string, scratch: string): Promise<void> {
  const fault = (cause?: unknown) =>
    new AppError('backup-damaged', `${source} is no whole backup of Nightlatch.`, {
      next: 'Nothing was changed. Try an older backup.',
      cause,
    });
  try {
    const names = await readTarGz(source, scratch, Object.values(ARCHIVE));
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(scratch, ARCHIVE.manifest), 'utf8')));
    for (const name of names.filter((one) => one !== ARCHIVE.manifest)) {
      if (manifest.sha256[name] !== (await sha256Of(join(scratch, name)))) throw new RangeError(`${name} was altered`);
    }
    if (!names.includes(ARCHIVE.database)) throw new RangeError('it holds no database');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw error;
    throw fault(error);
  }
}

/** Returns where the old files are, or null when there were none. */
function swap(paths: DataPaths, scratch: string): string | null {
  const gatewayId = join(paths.gateway, 'gateway.id');
  const targets: [string, string][] = [
    [ARCHIVE.database, paths.database],
    [ARCHIVE.settings, paths.settings],
    [ARCHIVE.gatewayId, gatewayId],
    [ARCHIVE.masterKey, paths.masterKey],
  ];
  // A gateway that is here numbers its events under its own id; under another one they would count as known already.
  const incoming = targets.filter(
    ([name, target]) => existsSync(join(scratch, name)) && !(target === gatewayId && existsSync(gatewayId)),
  );
  // The log and index of the old database would be applied to the new one.
  const leaving = [...incoming.map(([, target]) => target), `${paths.database}-wal`, `${paths.database}-shm`].filter(
    (file) => existsSync(file),
  );
  const aside = leaving.length === 0 ? null : join(paths.folder, `before-restore-${stamp()}`);
  const done: [from: string, to: string][] = [];
  const move = (from: string, to: string): void => {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    renameSync(from, to);
    done.push([from, to]);
  };
  try {
    for (const file of leaving) if (aside !== null) move(file, join(aside, file.slice(paths.folder.length + 1)));
    for (const [name, target] of incoming) {
      chmodSync(join(scratch, name), 0o600);
      move(join(scratch, name), target);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from);
    throw error;
  }
  return aside;
}

function stamp(): string {
  return new Date().toISOString().replace(/[:.]/g, '-');
}

function looksGzipped(file: string): boolean {
  const start = Buffer.alloc(2);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, 2, 0);
  } finally {
    closeSync(handle);
  }
  return start[0] === 0x1f && start[1] === 0x8b;
}
