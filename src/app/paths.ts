import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../platform/app-error.ts';

/** Where everything of one installation lies. See docs/ARCHITECTURE.md, "Data folder". */
export type DataPaths = {
  readonly folder: string;
  readonly database: string;
  readonly backups: string;
  readonly masterKey: string;
  readonly gatewayToken: string;
  readonly cliToken: string;
  readonly settings: string;
  /** Who runs here at the moment: written by the control plane, gone when it has stopped. */
  readonly running: string;
  /** When the control plane last knew the time, to notice a clock that was set back. */
  readonly lastRun: string;
  readonly logs: string;
  /** Calls that the owner has said were honest. */
  readonly testCases: string;
  /** The folder of the gateway that `start` runs. */
  readonly gateway: string;
};

/** The data folder: `--data`, else `NIGHTLATCH_HOME`, else `./data`. */
export function dataPaths(option: string | undefined, env: NodeJS.ProcessEnv = process.env): DataPaths {
  const folder = resolve(option ?? (env.NIGHTLATCH_HOME || 'data'));
  const inside = (name: string) => join(folder, name);
  return {
    folder,
    database: inside('nightlatch.db'),
    backups: inside('backups'),
    masterKey: inside('master.key'),
    gatewayToken: inside('gateway.token'),
    cliToken: inside('cli.token'),
    settings: inside('settings.json'),
    running: inside('running.json'),
    lastRun: inside('last-run.json'),
    logs: inside('logs'),
    testCases: inside('test-cases'),
    gateway: inside('gateway'),
  };
}

/** Makes a folder that only its owner can enter. Throws `AppError('folder-unusable')` with the reason. */
export function makePrivateFolder(folder: string): void {
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) chmodSync(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw new AppError('folder-unusable', `The folder ${folder} cannot be used: ${REASONS[code] ?? code}.`, {
      next: 'Give this user the right to write there, or choose another folder with --data or NIGHTLATCH_HOME.',
      cause,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not read and write it',
  EPERM: 'this user may not read and write it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in its way',
  EEXIST: 'a file of this name is in its way',
};

/** The folder of this package, whether it runs from source or compiled in `dist/`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'bin', 'nightlatch'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the folder of the package was not found');
    folder = parent;
  }
  return folder;
}

/** The program that starts any role, as `process.execPath` runs it. */
export function launcher(): string {
  return join(packageRoot(), 'bin', 'nightlatch');
}

export function productVersion(): string {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
