import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
// Not through its index: the gateway reads addresses and no YAML, which would cost it memory.
import { type ListenAddress, parseListenAddress } from '../configuration/listen-address.ts';
import { AppError } from '../platform/app-error.ts';
import { readWorkerCount } from './gateway-role/worker-count.ts';
import type { DataPaths } from './paths.ts';

/** Where the console and the gateway of this installation listen and are known. */
export type Settings = {
  console: ListenAddress;
  gateway: ListenAddress;
  /** Threads of the gateway. */
  workers: number;
  /** Other origins that people reach the console at, behind a proxy of theirs: `https://nightlatch.example`. */
  origins: string[];
};

export type SettingsFlags = {
  console?: string | undefined;
  gateway?: string | undefined;
  workers?: string | undefined;
};

const DEFAULTS = { console: '127.0.0.1:4400', gateway: '127.0.0.1:8080' } as const;
const ENVIRONMENT = { console: 'NIGHTLATCH_CONSOLE', gateway: 'NIGHTLATCH_GATEWAY' } as const;
const SettingsFile = z.strictObject({
  console: z.string().optional(),
  gateway: z.string().optional(),
  workers: z.union([z.int(), z.literal('auto')]).optional(),
  origins: z.array(z.url()).optional(),
});

/**
 * The first that is given: a flag, the environment (`NIGHTLATCH_CONSOLE`, `NIGHTLATCH_GATEWAY`, `NIGHTLATCH_WORKERS`), `settings.json` in the data
 * folder, the default. Throws `AppError('settings-invalid')`.
 */
export function readSettings(paths: DataPaths, flags: SettingsFlags, env: NodeJS.ProcessEnv = process.env): Settings {
  const file = readSettingsFile(paths.settings);
  const one = (name: 'console' | 'gateway'): ListenAddress => {
    const [text, from] =
      flags[name] !== undefined
        ? [flags[name], `--${name}`]
        : env[ENVIRONMENT[name]]
          ? [env[ENVIRONMENT[name]] ?? '', ENVIRONMENT[name]]
          : file[name] !== undefined
            ? [file[name], `"${name}" in ${paths.settings}`]
            : [DEFAULTS[name], 'the default'];
    return parseAddress(text, from);
  };
  const named = env.NIGHTLATCH_ORIGINS?.split(',').map((origin) => origin.trim());
  const workers = flags.workers ?? env.NIGHTLATCH_WORKERS ?? String(file.workers ?? 1);
  return {
    console: one('console'),
    gateway: one('gateway'),
    workers: readWorkerCount(workers, 'The setting "workers"'),
    origins: named?.filter(Boolean) ?? file.origins ?? [],
  };
}

/** `HOST:PORT` from a person. Throws `AppError('settings-invalid')` that names where it was written. */
export function parseAddress(text: string, from: string): ListenAddress {
  const address = parseListenAddress(text);
  if (address !== null) return address;
  throw new AppError('settings-invalid', `${from} is no address: "${text}".`, {
    next: 'Write HOST:PORT such as 127.0.0.1:4400.',
  });
}

function readSettingsFile(file: string): z.infer<typeof SettingsFile> {
  if (!existsSync(file)) return {};
  try {
    return SettingsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new AppError('settings-invalid', `The settings in ${file} cannot be read.`, {
      next: 'It holds at most {"console": "127.0.0.1:4400", "gateway": "127.0.0.1:8080"}; correct it or remove it.',
      cause,
    });
  }
}

/** `127.0.0.1:4400`, `[::1]:4400`, `:80`. */
export function formatAddress({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
