import { mkdirSync } from 'node:fs';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { createSharedCounters, MOST_WORKERS } from '../../storage/counters/shared-counters.ts';
import { type GatewayReading, sumReadings } from '../admin/reading.ts';
import { takeLifts, writeBans } from '../bans/ban-files.ts';
import { createThreadBans } from '../bans/thread-bans.ts';
import { readStoredDrafts } from '../drafting/draft-file.ts';
import { keepGatewayMemory, openGatewayMemory } from '../gateway-memory.ts';
import type { ServedGateway } from '../served-gateway.ts';
import { openLanes } from '../spool/lanes.ts';
import type { SpoolOptions } from '../spool/spool.ts';
import { sumSpools } from '../spool/sum-spools.ts';
import { loadSnapshot, storeSnapshot } from '../stored-snapshot.ts';
import { applyToAll, bringUp } from './apply-to-all.ts';
import { demandDivisible } from './divisible.ts';
import { keepSelfSigned } from './keep-self-signed.ts';
import { demandSharedPorts, SharedPorts } from './shared-ports.ts';
import { WorkerPlace } from './worker-place.ts';

export type WorkersOptions = {
  dataDir: string;
  version: string;
  logger: Logger;
  /** 2 to {@link MOST_WORKERS} - 1. */
  workers: number;
  spool?: SpoolOptions;
};

/** The main thread's own number in the shared counters: the one that no worker has. */
const MAIN = MOST_WORKERS - 1;
const SWEEP_MS = 5_000;

/**
 * A gateway of several threads that listen on the same addresses: each is a whole gateway, and the operating system divides the
 * connections. This thread answers no requests: it hands every snapshot to all of them, keeps what the folder holds besides the
 * events, ships, and replaces a thread that dies. Throws `AppError('workers-unsupported')` where addresses cannot be shared.
 */
export async function createWorkersGateway(options: WorkersOptions): Promise<ServedGateway> {
  const { dataDir, version, logger } = options;
  const clock = systemClock;
  await demandSharedPorts();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const memory = openGatewayMemory(dataDir, clock, logger);
  const endMemory = keepGatewayMemory(memory, dataDir, clock, logger);
  const lanes = openLanes(dataDir, options.workers, options.spool ?? {}, { clock, logger });
  const showBans = (): void => writeBans(dataDir, bans.table.mode, bans.table.list(), logger);
  const bans = createThreadBans(createSharedCounters(memory.limits, MAIN), clock, memory, () => showBans());
  const sweep = setInterval(() => bans.table.sweep(), SWEEP_MS).unref();
  const selfSigned = keepSelfSigned(dataDir, clock, logger);
  const ports = new SharedPorts();
  let given: GatewaySnapshot | null = null;
  let served: GatewaySnapshot | null = null;
  let addresses: string[] = [];
  let draining = false;
  let queue: Promise<unknown> = Promise.resolve();
  /** Threads join and configurations change one at a time. */
  const inOrder = <T>(change: () => Promise<T>): Promise<T> => {
    const result = queue.then(change);
    queue = result.catch(() => {});
    return result;
  };
  const places = Array.from(
    { length: options.workers },
    (_, number) =>
      new WorkerPlace({
        errand: { number, dataDir, version, memory, spool: lanes.limits },
        logger,
        bringUp: (thread, joined) =>
          inOrder(async () => {
            await bringUp(thread, served, bans.table.list());
            joined();
          }),
      }),
  );

  const applyNow = async (snapshot: GatewaySnapshot): Promise<void> => {
    demandDivisible(snapshot);
    const { listen, keep } = await ports.assign(snapshot.server.listen);
    const next = { ...snapshot, server: { ...snapshot.server, listen } };
    await selfSigned.prepare(next.server);
    addresses = await applyToAll(places, next, logger);
    keep();
    given = snapshot;
    served = next;
    selfSigned.adopt(next.server);
    bans.table.follow(next);
    showBans();
    storeSnapshot(dataDir, snapshot, logger);
  };

  const drain = async (timeoutMs: number): Promise<void> => {
    draining = true;
    clearInterval(sweep);
    selfSigned.close();
    await Promise.all(places.map((place) => place.drain(timeoutMs)));
    bans.close();
    endMemory();
    for (const lane of lanes.idle) lane.close();
  };

  const begun = await Promise.allSettled(places.map((place) => place.begin()));
  const failed = begun.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await drain(0);
    throw failed.reason;
  }
  const spools = [...places.map(({ spool }) => spool), ...lanes.idle];
  return {
    id: spools[0]?.id ?? '',
    dataDir,
    version,
    startedAt: clock.now(),
    apply: (snapshot) => inOrder(() => applyNow(snapshot)),
    snapshot: () => given,
    addresses: () => addresses,
    vendorsDoors: () => vendorsDoorsOf(served),
    automaticCertificate: () => null,
    lastStoredSnapshot: () => loadSnapshot(dataDir, logger),
    isReady: () => served !== null && !draining && places.every(({ thread }) => thread !== null),
    async read(): Promise<GatewayReading> {
      const readings = await Promise.all(places.map((place) => place.read()));
      const sum = sumReadings(readings.filter((reading) => reading !== null));
      return { ...sum, spool: sumSpools(spools.map((spool) => spool.status())) };
    },
    spools: () => spools,
    drafts: () => readStoredDrafts(dataDir, logger),
    spare: (addresses) => bans.table.spare(addresses),
    takeBanLifts: () => takeLifts(dataDir, logger, (address) => bans.table.lift(address)),
    drain,
  };
}

function vendorsDoorsOf(snapshot: GatewaySnapshot | null): { url: string; vendor: string | null }[] {
  return (snapshot?.server.listen ?? []).flatMap(({ host, port, outbound }) =>
    outbound === undefined ? [] : [{ url: `http://${host}:${port}`, ...outbound }],
  );
}
