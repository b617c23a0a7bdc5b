import { dirname, resolve } from 'node:path';
import { checkConfig, compileSnapshot, insideWarnings, placeOf, withoutUpstreams } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { Gateway } from '../../gateway/index.ts';
import { AppError } from '../../platform/app-error.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { checkConfigFileAside } from '../check-config-aside.ts';
import { demandFaultless, faultPlace, faultWords, type LoadedConfig, loadConfigFile } from '../config-file.ts';
import { withFilePaths } from '../gateway-role/file-paths.ts';
import { lockFile, readLock } from '../gateway-role/lock-file.ts';
import { watchFile } from '../gateway-role/watch-file.ts';

/** Where configurations come from. `closeLast` is called when no request is under way any more. */
export type Source = { close(): Promise<void>; closeLast?(): Promise<void> };

/**
 * Runs on a file or on the configuration itself, and follows changes of the file and of the emergency lock in the data folder.
 * A change that is bad is logged, and what was in service stays.
 */
export async function followConfig(gateway: Gateway, config: string | object, logger: Logger): Promise<Source> {
  const file = typeof config === 'string' ? resolve(config) : null;
  const folder = file === null ? process.cwd() : dirname(file);
  let revision = gateway.lastStoredSnapshot()?.revision ?? 0;
  let current: GatewayConfig | null = null;
  let queue: Promise<void> = Promise.resolve();
  const apply = async (next: GatewayConfig): Promise<void> => {
    const { lock, unreadable } = readLock(gateway.dataDir, systemClock.now());
    if (unreadable)
      logger.error({ file: lockFile(gateway.dataDir) }, 'the lock cannot be read, so everything stays locked');
    const snapshot = compileSnapshot(next, { revision: revision + 1, lock });
    await gateway.apply(withFilePaths(snapshot, folder));
    revision += 1;
    current = next;
  };
  const change = (read: () => Promise<GatewayConfig | null>) => () => {
    queue = queue.then(async () => {
      try {
        const next = await read();
        if (next === null) return;
        await apply(next);
        logger.info({ revision }, 'a new configuration is in service');
      } catch (error) {
        const { faults } = error as Partial<AppError>;
        logger.error({ error: String(error), faults }, 'the configuration before it stays in service');
      }
    });
  };
  const loaded = file === null ? checkObject(config) : loadConfigFile(file, true);
  await apply(loaded.config);
  warn(logger, file, loaded);
  const ends = [
    watchFile(
      lockFile(gateway.dataDir),
      change(async () => current),
      WATCH_MS,
    ),
  ];
  if (file !== null) {
    const reread = async () => {
      const next = demandFaultless(file, await checkConfigFileAside(file, true));
      warn(logger, file, next);
      return next.config;
    };
    ends.push(watchFile(file, change(reread), WATCH_MS));
  }
  return {
    async close() {
      for (const end of ends) end();
      await queue;
    },
  };
}

const WATCH_MS = 150;

function warn(logger: Logger, file: string | null, { warnings }: LoadedConfig): void {
  for (const warning of warnings) {
    const place = file === null ? warning.place : faultPlace(file, warning);
    logger.warn({ place, code: warning.code }, faultWords(warning));
  }
}

/** A configuration that was put together in the application. Faults name its places, as there are no lines. */
function checkObject(value: unknown): LoadedConfig {
  const checked = checkConfig(withoutUpstreams(value));
  if ('config' in checked) {
    const warnings = insideWarnings(value).map((one) => ({ ...one, place: placeOf(one.path), line: 0, column: 0 }));
    return { config: checked.config, warnings };
  }
  throw new AppError('config-invalid', 'The configuration has faults and was not put into service.', {
    next: 'Correct the places named.',
    faults: checked.findings.map(({ path, message, hint }) => ({
      place: placeOf(path),
      message: hint === undefined ? message : `${message} ${hint}`,
    })),
  });
}
