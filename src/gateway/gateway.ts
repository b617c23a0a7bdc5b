import { mkdirSync } from 'node:fs';
import type { SecretSource } from '../contracts/config/secret-source.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { createSharedCounters } from '../storage/counters/shared-counters.ts';
import { ActiveExchanges } from './active-exchanges.ts';
import { GatewayMetrics } from './admin/metrics.ts';
import type { GatewayReading } from './admin/reading.ts';
import { takeLifts, writeBans } from './bans/ban-files.ts';
import type { Ban } from './bans/ban-table.ts';
import { createThreadBans } from './bans/thread-bans.ts';
import { compileRuntime } from './compile.ts';
import { keepDayQuotas } from './day-quota-file.ts';
import { sayFarewell } from './farewell.ts';
import { type GatewayMemory, openGatewayMemory } from './gateway-memory.ts';
import type { GatewayState } from './gateway-state.ts';
import { OwnConnections, SharedConnections } from './listener/connections.ts';
import { Listeners } from './listener/listeners.ts';
import { PasswordChecker } from './policies/authenticate/basic/password-checker.ts';
import { keyPlaces } from './policies/authenticate/jwt/compile-tokens.ts';
import { createKeySources } from './policies/authenticate/jwt/fetched-keys.ts';
import { SeenDeliveries } from './policies/authenticate/webhook/seen-deliveries.ts';
import type { UpstreamStatus } from './proxy/upstream.ts';
import { createUpstreams } from './proxy/upstreams.ts';
import { readSecret } from './read-secret.ts';
import { Recorder } from './recorder.ts';
import { endRefusedStreams } from './refused-streams.ts';
import { endExpiredStreams, endRevokedStreams } from './revoke-streams.ts';
import type { ServedGateway } from './served-gateway.ts';
import { openLanes } from './spool/lanes.ts';
import { Spool, type SpoolOptions } from './spool/spool.ts';
import { sumSpools } from './spool/sum-spools.ts';
import { loadSnapshot, storeSnapshot } from './stored-snapshot.ts';
import { CertificateKeeper } from './tls/certificate-keeper.ts';
import { SchemaCache } from './validation/schema-cache.ts';
import { whenIdle } from './when-idle.ts';

export type GatewayOptions = {
  /** The gateway's own folder: spool/, snapshot.json, gateway.id. Made when missing. */
  dataDir: string;
  version: string;
  clock?: Clock;
  logger: Logger;
  spool?: SpoolOptions;
  /**
   * One of several threads that serve the same folder on the same addresses: its number from 0, and what they know together. The
   * main thread then looks after the files of the folder, but for the events. Left out: this gateway serves alone.
   */
  worker?: { number: number; memory: GatewayMemory };
};

/** A snapshot that could be put into service; one of the two is to be called, and nothing else be applied before. */
export type PreparedChange = { commit(): void; abort(): Promise<void> };

export type Gateway = ServedGateway & {
  /** The first half of `apply`: everything that can fail. */
  prepare(snapshot: GatewaySnapshot): Promise<PreparedChange>;
  reading(): GatewayReading;
  readonly metrics: GatewayMetrics;
  openConnections(): number;
  activeRequests(): number;
  upstreams(): UpstreamStatus[];
  certificateSecondsLeft(): number | null;
  /** Calls `listener` after each write to the event log. */
  onRecorded(listener: () => void): void;
  /** Who is kept out at the moment. */
  bans(): Ban[];
  /** Those that were there before this thread was. */
  learnBans(bans: readonly Ban[]): void;
};

/** A gateway without a configuration: it opens its addresses with the first `apply`. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, logger, version } = options;
  const clock = options.clock ?? systemClock;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { worker } = options;
  const lanes =
    worker === undefined
      ? openLanes(dataDir, 1, options.spool ?? {}, { clock, logger })
      : { idle: [], limits: options.spool };
  const spool = new Spool(dataDir, { ...lanes.limits, lane: worker?.number ?? 0 }, { clock, logger });
  const metrics = new GatewayMetrics();
  const memory = worker?.memory ?? openGatewayMemory(dataDir, logger);
  const counters = createSharedCounters(memory.limits, worker?.number);
  const endDayQuotas = worker === undefined ? keepDayQuotas(memory.limits, dataDir, logger) : () => {};
  const bans = createThreadBans(counters, clock, worker === undefined ? null : memory, () => showBans());
  const showBans = (): void => {
    if (worker === undefined) writeBans(dataDir, bans.table.mode, bans.table.list(), logger);
  };
  const recorder = new Recorder(spool, metrics, clock, bans.table);
  const upstreams = createUpstreams(logger);
  const sources = {
    keys: createKeySources(logger),
    passwords: new PasswordChecker(),
    logger,
    readSecret: (source: SecretSource, what: string) => readSecret(source, dataDir, what),
  };
  const schemas = new SchemaCache();
  const seenDeliveries = new SeenDeliveries(createSharedCounters(memory.deliveries, worker?.number));
  const connections =
    worker === undefined
      ? new OwnConnections()
      : new SharedConnections(createSharedCounters(memory.connections, worker.number));
  const listeners = new Listeners(connections, worker !== undefined);
  const certificates = new CertificateKeeper({
    dataDir,
    clock,
    logger,
    renewed: (certificate) => listeners.serve(certificate),
  });
  let state: GatewayState | null = null;
  let draining = false;
  let applying: Promise<void> = Promise.resolve();

  const prepare = async (snapshot: GatewaySnapshot): Promise<PreparedChange> => {
    const certificate = certificates.prepare(snapshot.server);
    const runtime = await compileRuntime(snapshot, counters, upstreams, sources, schemas, seenDeliveries);
    const current = state ?? {
      runtime,
      active: new ActiveExchanges(),
      recorder,
      bans: bans.table,
      clock,
      logger,
      leaving: false,
    };
    const change = await listeners.prepare(snapshot.server.listen, current, certificate);
    const commit = () => {
      current.runtime = runtime;
      bans.table.follow(snapshot);
      showBans();
      state = current;
      change.commit(current);
      certificates.adopt(snapshot.server, certificate);
      upstreams.retain(snapshot.services);
      sources.keys.retain(keyPlaces(snapshot));
      endRevokedStreams(current);
      if (worker === undefined) storeSnapshot(dataDir, snapshot, logger);
    };
    return { commit, abort: change.abort };
  };

  const reading = (): GatewayReading => ({
    metrics: metrics.counts(),
    spool: sumSpools([spool, ...lanes.idle].map((lane) => lane.status())),
    openConnections: connections.total,
    activeRequests: state?.active.size ?? 0,
    certificateSecondsLeft: certificates.secondsLeft(),
    upstreams: upstreams.status(),
  });

  let asking = false;
  const expiry = setInterval(() => {
    if (state === null) return;
    endExpiredStreams(state);
    bans.table.sweep();
    if (asking) return;
    asking = true;
    void endRefusedStreams(state).finally(() => {
      asking = false;
    });
  }, EXPIRY_SWEEP_MS).unref();

  return {
    id: spool.id,
    dataDir,
    version,
    startedAt: clock.now(),
    metrics,
    openConnections: () => connections.total,
    activeRequests: () => state?.active.size ?? 0,
    upstreams: () => upstreams.status(),
    certificateSecondsLeft: () => certificates.secondsLeft(),
    prepare,
    apply(snapshot) {
      const result = applying.then(async () => (await prepare(snapshot)).commit());
      applying = result.catch(() => {});
      return result;
    },
    snapshot: () => state?.runtime.snapshot ?? null,
    addresses: () => listeners.all().map((listener) => listener.url),
    lastStoredSnapshot: () => loadSnapshot(dataDir, logger),
    isReady: () => listeners.all().length > 0 && !draining,
    reading,
    read: async () => reading(),
    spools: () => [spool, ...lanes.idle],
    onRecorded: (listener) => void spool.onWritten(listener),
    bans: () => bans.table.list(),
    learnBans(known) {
      for (const ban of known) bans.table.accept({ ban }, clock.now());
    },
    takeBanLifts: () => takeLifts(dataDir, logger, (address) => bans.table.lift(address)),
    async drain(timeoutMs) {
      clearInterval(expiry);
      bans.close();
      certificates.close();
      const open = listeners.all();
      draining = true;
      if (state !== null) await sayFarewell(state, connections, Math.min(FAREWELL_MS, timeoutMs / 4));
      const stopped = Promise.all(open.map((listener) => listener.stopAccepting()));
      for (const listener of open) listener.closeIdle();
      await Promise.race([stopped, whenIdle(() => state?.active.size ?? 0, timeoutMs)]);
      for (const x of state?.active ?? []) x.abort?.('shutdown');
      for (const listener of open) listener.destroy();
      await upstreams.close();
      endDayQuotas();
      for (const lane of [spool, ...lanes.idle]) lane.close();
    },
  };
}

/** For so long callers hear that they should not come back, and load balancers that nobody new should. */
const FAREWELL_MS = 1_000;

/** An open stream outlives its key or token by at most this. */
const EXPIRY_SWEEP_MS = 5_000;
