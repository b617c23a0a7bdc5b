import { setTimeout as wait } from 'node:timers/promises';
// Not through its index: the gateway reads addresses and no YAML, which would cost it memory.
import { type ListenAddress, protocolAt } from '../../configuration/listen-address.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { connectToControlPlane, startAdminListener } from '../../gateway/index.ts';
import { createLogger } from '../../platform/logger.ts';
import { makePrivateFolder } from '../paths.ts';
import { isSupervised, tellSupervisor } from '../process/role-messages.ts';
import { stopOnSignals } from '../process/stop-signals.ts';
import { openGateway } from './open-gateway.ts';
import { watchBanLifts } from './watch-ban-lifts.ts';

export type ConnectedOptions = {
  url: string;
  token: string;
  dataDir: string;
  admin: ListenAddress | null;
  workers: number;
  /** Where to listen with the configuration of the last run; the control plane may have been told another address since. */
  listen: ListenAddress | null;
};

/** Leaves the supervisor time to stop the control plane within its five seconds. */
const DRAIN_MS = 2_500;
const LOOK_EVERY_MS = 25;

/**
 * A gateway under a control plane. Starts with the configuration that it ran on last, so that it serves even when the control
 * plane is away, and takes over newer ones as they come. Resolves with the exit code once it was asked to stop.
 */
export async function runConnectedGateway(options: ConnectedOptions): Promise<number> {
  makePrivateFolder(options.dataDir);
  const logger = createLogger('gateway');
  const gateway = await openGateway(options.dataDir, options.workers, logger);
  const last = gateway.lastStoredSnapshot();
  if (last !== null) await gateway.apply(options.listen === null ? last : listeningAt(last, options.listen));
  const admin = options.admin === null ? null : await startAdminListener(gateway, options.admin);
  const link = connectToControlPlane(gateway, { url: options.url, token: options.token, logger });
  const endWatch = watchBanLifts(gateway, (text) => logger.info({}, text));
  const stopping = new AbortController();
  const stopped = stopOnSignals(async () => {
    stopping.abort();
    endWatch();
    await gateway.drain(DRAIN_MS);
    await link.close();
    await admin?.close();
  });
  await announce(() => gateway.addresses(), stopping.signal);
  return stopped;
}

function listeningAt(snapshot: GatewaySnapshot, listen: ListenAddress): GatewaySnapshot {
  const protocol = protocolAt(listen.port, snapshot.server.https !== 'off');
  const vendorsDoors = snapshot.server.listen.filter(({ outbound }) => outbound !== undefined);
  return { ...snapshot, server: { ...snapshot.server, listen: [{ ...listen, protocol }, ...vendorsDoors] } };
}

/** Says once where the gateway listens, as soon as it does: without an earlier run that is after the first configuration came. */
async function announce(addresses: () => string[], stopping: AbortSignal): Promise<void> {
  while (addresses().length === 0) {
    await wait(LOOK_EVERY_MS);
    if (stopping.aborted) return;
  }
  await tellSupervisor({ type: 'ready', addresses: addresses(), setupCode: null });
  if (!isSupervised()) process.stdout.write(`Gateway ${addresses().join(', ')} is in service.\n`);
}
