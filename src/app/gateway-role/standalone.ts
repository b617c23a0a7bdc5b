import { dirname, relative } from 'node:path';
import type { ListenAddress } from '../../configuration/index.ts';
import { compileSnapshot } from '../../configuration/index.ts';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import { type ServedGateway, startAdminListener } from '../../gateway/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createLogger } from '../../platform/logger.ts';
import { checkConfigFileAside } from '../check-config-aside.ts';
import { demandFaultless, faultPlace, faultWords, loadConfigFile } from '../config-file.ts';
import { makePrivateFolder } from '../paths.ts';
import { stopOnSignals } from '../process/stop-signals.ts';
import { explainError } from '../system-errors.ts';
import { withFilePaths } from './file-paths.ts';
import { lockFile, readLock } from './lock-file.ts';
import { openGateway } from './open-gateway.ts';
import { watchBanLifts } from './watch-ban-lifts.ts';
import { watchFile } from './watch-file.ts';

export type StandaloneOptions = { configFile: string; dataDir: string; admin: ListenAddress | null; workers: number };

const DRAIN_MS = 4_000;

/**
 * A gateway that needs no control plane: runs on a file, puts a changed one into service (SIGHUP, or when the file changes)
 * and keeps the old one when the new one is bad. Resolves with the exit code once it was asked to stop.
 */
export async function runStandaloneGateway(options: StandaloneOptions): Promise<number> {
  const loaded = loadConfigFile(options.configFile);
  makePrivateFolder(options.dataDir);
  const logger = createLogger('gateway');
  const gateway = await openGateway(options.dataDir, options.workers, logger);
  const service = createFileService(gateway, options);
  const admin = options.admin === null ? null : await startAdminListener(gateway, options.admin);
  await service.start(loaded.config);
  const onHangUp = () => void service.reload();
  process.on('SIGHUP', onHangUp);
  const watches = [
    watchFile(options.configFile, onHangUp),
    watchFile(lockFile(options.dataDir), () => void service.applyLock()),
    watchBanLifts(gateway, say),
  ];
  const stopped = stopOnSignals(async () => {
    for (const end of watches) end();
    process.off('SIGHUP', onHangUp);
    await service.settled();
    await gateway.drain(DRAIN_MS);
    await admin?.close();
    say('The gateway has stopped.');
  });
  warn(options.configFile, loaded.warnings);
  say(
    `Gateway ${gateway.addresses().join(', ')} is in service with ${options.configFile} (${routeCount(loaded.config)}).`,
  );
  if (admin !== null) say(`Health and metrics: ${admin.address} (/healthz, /readyz, /metrics).`);
  return stopped;
}

/** Changes go through one at a time, in the order in which they came. */
function createFileService(gateway: ServedGateway, options: StandaloneOptions) {
  let config: GatewayConfig | null = null;
  // Revisions go on where the last run ended, so that a recorded call names one configuration only.
  let revision = gateway.lastStoredSnapshot()?.revision ?? 0;
  let queue: Promise<void> = Promise.resolve();
  const inOrder = (change: () => Promise<void>): Promise<void> => {
    queue = queue.then(change);
    return queue;
  };
  const apply = async (next: GatewayConfig): Promise<void> => {
    const { lock, unreadable } = readLock(options.dataDir, systemClock.now());
    if (unreadable) {
      complain(
        `${lockFile(options.dataDir)} cannot be read, so everything stays locked. Remove it or run "nightlatch unlock --data ${options.dataDir}".`,
      );
    }
    const snapshot = compileSnapshot(next, { revision: revision + 1, lock });
    await gateway.apply(withFilePaths(snapshot, dirname(options.configFile)));
    revision += 1;
    config = next;
  };
  return {
    start: apply,
    settled: () => queue,
    reload: () =>
      inOrder(async () => {
        try {
          const loaded = demandFaultless(options.configFile, await checkConfigFileAside(options.configFile));
          await apply(loaded.config);
          warn(options.configFile, loaded.warnings);
          say(`Reloaded ${options.configFile}: revision ${revision} is in service (${routeCount(loaded.config)}).`);
        } catch (error) {
          refuse(error);
        }
      }),
    applyLock: () =>
      inOrder(async () => {
        if (config === null) return;
        try {
          await apply(config);
          say(gateway.snapshot()?.lock == null ? 'Unlocked.' : 'Locked.');
        } catch (error) {
          refuse(error);
        }
      }),
  };
}

function refuse(error: unknown): void {
  const known = explainError(error);
  complain(known?.message ?? `This failed in an unforeseen way: ${String(error)}`);
  for (const fault of known?.faults ?? []) complain(`  ${fault.place}: ${fault.message}`);
  complain('The configuration before it stays in service.');
}

function warn(file: string, warnings: Parameters<typeof faultWords>[0][]): void {
  for (const warning of warnings)
    complain(`Warning: ${faultPlace(relative('.', file) || file, warning)}: ${faultWords(warning)}`);
}

function routeCount(config: GatewayConfig): string {
  const count = config.services.reduce((sum, service) => sum + service.routes.length, 0);
  return count === 1 ? '1 route' : `${count} routes`;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);
