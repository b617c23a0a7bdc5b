import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
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
import { digestOf, type StandaloneState, writeState } from './standalone-state.ts';
import { watchBanLifts } from './watch-ban-lifts.ts';
import { watchFile } from './watch-file.ts';

export type StandaloneOptions = { configFile: string; dataDir: string; admin: ListenAddress | null; workers: number };

const DRAIN_MS = 4_000;

/**
 * A gateway that needs no control plane: runs on a file, puts a changed one into service (SIGHUP, or when the file changes)
 * and keeps the old one when the new one is bad. Resolves with the exit code once it was asked to stop.
 */
export async function runStandaloneGateway(options: StandaloneOptions): Promise<number> {
  const first = digestOf(readFileSync(options.configFile, 'utf8'));
  const loaded = loadConfigFile(options.configFile);
  makePrivateFolder(options.dataDir);
  const logger = createLogger('gateway');
  const gateway = await openGateway(options.dataDir, options.workers, logger);
  const admin = options.admin === null ? null : await startAdminListener(gateway, options.admin);
  const service = createFileService(gateway, options, admin?.address ?? null);
  await service.start(loaded.config, first);
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
  say(`Gateway ${gateway.addresses().join(', ')} is in service with ${options.configFile} (${routeCount(gateway)}).`);
  for (const { url, vendor } of gateway.vendorsDoors()) {
    say(`Own programs reach ${vendor === null ? 'vendors' : `the vendor "${vendor}"`} at ${url}.`);
  }
  if (admin !== null) say(`Health and metrics: ${admin.address} (/healthz, /readyz, /metrics).`);
  return stopped;
}

/** Changes go through one at a time, in the order in which they came. */
function createFileService(gateway: ServedGateway, options: StandaloneOptions, admin: string | null) {
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
  let digest = '';
  let reads = 0;
  const tell = (refused: StandaloneState['refused']): void =>
    writeState(options.dataDir, {
      ...{ pid: process.pid, configFile: resolve(options.configFile), admin, reads: ++reads },
      ...{ applied: { revision, digest }, refused },
    });
  return {
    start: async (first: GatewayConfig, text: string) => {
      await apply(first);
      digest = text;
      tell(null);
    },
    settled: () => queue,
    reload: () =>
      inOrder(async () => {
        // A file that is replaced while it is read is read again: its change is noticed.
        let read = '';
        try {
          read = digestOf(readFileSync(options.configFile, 'utf8'));
          const loaded = demandFaultless(options.configFile, await checkConfigFileAside(options.configFile));
          await apply(loaded.config);
          digest = read;
          tell(null);
          warn(options.configFile, loaded.warnings);
          say(`Reloaded ${options.configFile}: revision ${revision} is in service (${routeCount(gateway)}).`);
        } catch (error) {
          const known = explainError(error);
          const message = known?.message ?? String(error);
          tell({ digest: read, message, faults: [...(known?.faults ?? [])] });
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

/** Those of API descriptions among them. */
function routeCount(gateway: ServedGateway): string {
  const count = gateway.snapshot()?.routes.length ?? 0;
  return count === 1 ? '1 route' : `${count} routes`;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);
