import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import type { DataPaths } from '../paths.ts';
import type { Finding } from './health.ts';

const FAIL_BELOW_BYTES = 100 * 1024 * 1024;
const WARN_BELOW_BYTES = 1024 * 1024 * 1024;

/** Rights of the data folder and its secret files, and the free space of its disk. */
export function examineFolder(paths: DataPaths): Finding[] {
  if (!existsSync(paths.folder)) {
    const next = 'Start it with "nightlatch start", or name the right folder with --data.';
    return [{ check: 'data folder', state: 'fail', message: 'It does not exist.', next }];
  }
  accessSync(paths.folder, constants.R_OK | constants.W_OK | constants.X_OK);
  const open = [paths.folder, paths.masterKey, paths.gatewayToken, paths.cliToken].filter(readableByOthers);
  const rights: Finding =
    open.length === 0
      ? { check: 'data folder', state: 'ok', message: 'Only its owner can enter it.' }
      : {
          check: 'data folder',
          state: 'fail',
          message: `Other users of this machine can get at ${open.join(', ')}.`,
          next: `Close it with: chmod go= ${open.join(' ')}`,
        };
  return [rights, freeSpace(paths.folder)];
}

function readableByOthers(file: string): boolean {
  // Windows knows no such bits. The database needs none of its own: the folder around it is closed.
  if (process.platform === 'win32' || !existsSync(file)) return false;
  return (statSync(file).mode & 0o077) !== 0;
}

function freeSpace(folder: string): Finding {
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  const message = `${(free / 1024 ** 3).toFixed(1)} GiB free.`;
  if (free >= WARN_BELOW_BYTES) return { check: 'disk', state: 'ok', message };
  return {
    check: 'disk',
    state: free < FAIL_BELOW_BYTES ? 'fail' : 'warn',
    message,
    next: 'Free some space on this disk.',
  };
}
