import { existsSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../platform/app-error.ts';
import { openSqlite } from '../../storage/sql/sqlite/open.ts';
import { type DataPaths, makePrivateFolder, productVersion } from '../paths.ts';
import { ARCHIVE, type Manifest, sha256Of } from './archive-files.ts';
import { type TarEntry, writeTarGz } from './tar.ts';

export type BackupMade = { file: string; bytes: number; withKey: boolean };

/**
 * Writes everything that makes this installation what it is into one archive, also while it runs: the database is copied
 * consistently first. The file appears under its name only when it is whole.
 */
export async function makeBackup(paths: DataPaths, options: { file: string; withKey: boolean }): Promise<BackupMade> {
  const file = resolve(options.file);
  if (existsSync(file)) {
    throw new AppError('file-exists', `${file} is there already.`, {
      next: 'Choose another name; nothing is overwritten.',
    });
  }
  if (!existsSync(paths.database)) {
    throw new AppError('nothing-to-back-up', `There is no Nightlatch data in ${paths.folder}.`, {
      next: 'Name the right data folder with --data.',
    });
  }
  if (!existsSync(dirname(file))) {
    throw new AppError('folder-missing', `There is no folder ${dirname(file)}.`, { next: 'Make it first.' });
  }
  makePrivateFolder(paths.backups);
  const scratch = mkdtempSync(join(paths.backups, 'making-'));
  const draft = `${file}.${process.pid}.part`;
  try {
    const copy = join(scratch, ARCHIVE.database);
    await copyDatabase(paths.database, copy);
    const entries: TarEntry[] = [{ name: ARCHIVE.database, file: copy }];
    const optional: [string, string][] = [
      [ARCHIVE.settings, paths.settings],
      [ARCHIVE.gatewayId, join(paths.gateway, 'gateway.id')],
      ...(options.withKey ? [[ARCHIVE.masterKey, paths.masterKey] satisfies [string, string]] : []),
    ];
    for (const [name, source] of optional) if (existsSync(source)) entries.push({ name, file: source });
    const manifest = await describe(entries, options.withKey);
    const manifestFile = join(scratch, ARCHIVE.manifest);
    writeFileSync(manifestFile, JSON.stringify(manifest, null, 2), { mode: 0o600 });
    await writeTarGz(draft, [{ name: ARCHIVE.manifest, file: manifestFile }, ...entries]);
    renameSync(draft, file);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    rmSync(draft, { force: true });
  }
  return { file, bytes: statSync(file).size, withKey: options.withKey };
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const database = openSqlite(from);
  try {
    await database.copyTo(to);
  } finally {
    await database.close();
  }
  const copy = openSqlite(to);
  try {
    copy.checkIntegrity();
  } finally {
    // Closing folds the write-ahead log back in, so that the one file is the whole database.
    await copy.close();
  }
}

async function describe(entries: readonly TarEntry[], withKey: boolean): Promise<Manifest> {
  const sha256: Record<string, string> = {};
  for (const entry of entries) sha256[entry.name] = await sha256Of(entry.file);
  return { format: 1, version: productVersion(), createdAt: new Date().toISOString(), withKey, sha256 };
}
