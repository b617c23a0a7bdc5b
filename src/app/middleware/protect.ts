import { join } from 'node:path';
import { createGateway, type Gateway } from '../../gateway/index.ts';
import { AppError } from '../../platform/app-error.ts';
import { createLogger, type Logger } from '../../platform/logger.ts';
import { dataPaths, makePrivateFolder, productVersion } from '../paths.ts';
import { createDoor } from './door.ts';
import { createFastifyGuard } from './fastify.ts';
import { followConfig } from './follow-config.ts';
import { followControlPlane } from './follow-control-plane.ts';
import type { Guard, ProtectOptions } from './guard.ts';
import { insideApp } from './inside-snapshot.ts';
import { takeFolder } from './take-folder.ts';
import { createUpgradeGuard } from './upgrade.ts';
import { createWebGuard } from './web.ts';

const DRAIN_MS = 4_000;

/**
 * The gateway's pipeline inside an application. Resolves when a configuration is in service. Throws `AppError`: `config-invalid`
 * with the faults by line, `data-folder-taken`, `config-missing` when the control plane gave none.
 */
export async function protect(options: ProtectOptions): Promise<Guard> {
  // Only what the gateway calls is asked of it; pino has more.
  const logger = (options.logger as Logger | undefined) ?? createLogger('middleware');
  if ((options.config === undefined) === (options.controlPlane === undefined)) {
    throw new AppError('options-invalid', 'protect() needs either a configuration or a control plane.', {
      next: "Say protect({ config: './nightlatch.yaml' }), or protect({ controlPlane: { url, token } }).",
    });
  }
  const dataDir = options.dataDir ?? join(dataPaths(undefined).folder, 'middleware');
  makePrivateFolder(dataDir);
  const release = takeFolder(dataDir);
  let gateway: Gateway | undefined;
  try {
    const inside = { passUnmatched: options.unmatched === 'pass' };
    const created = await createGateway({ dataDir, version: productVersion(), logger, inside });
    gateway = { ...created, apply: (snapshot) => created.apply(insideApp(snapshot)) };
    const source =
      options.controlPlane === undefined
        ? await followConfig(gateway, options.config ?? '', logger)
        : await followControlPlane(gateway, options.controlPlane, logger);
    return createGuard(gateway, async () => {
      await source.close();
      await created.drain(DRAIN_MS);
      await source.closeLast?.();
      release();
    });
  } catch (error) {
    await gateway?.drain(0);
    release();
    throw error;
  }
}

function createGuard(gateway: Gateway, end: () => Promise<void>): Guard {
  const door = createDoor(gateway);
  let closing: Promise<void> | null = null;
  return {
    express: door.middleware,
    node: door.middleware,
    fastify: createFastifyGuard(door),
    next: createWebGuard(door),
    upgrade: createUpgradeGuard(door),
    close() {
      door.shut();
      closing ??= end();
      return closing;
    },
  };
}
