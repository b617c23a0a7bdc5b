import { mkdirSync } from 'node:fs';
import type { SecretSource } from '../contracts/config/secret-source.ts';
import type { OperationShape } from '../contracts/drafts/shape.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { LookupAll } from '../platform/http/guarded-lookup.ts';
import type { Logger } from '../platform/logger.ts';
import type { CounterMemory } from '../storage/counters/counter-memory.ts';
import { createSharedCounters } from '../storage/counters/shared-counters.ts';
import { ActiveExchanges } from './active-exchanges.ts';
import { GatewayMetrics } from './admin/metrics.ts';
import { takeLifts, writeBans } from './bans/ban-files.ts';
import type { Ban } from './bans/ban-table.ts';
import { createThreadBans } from './bans/thread-bans.ts';
import { compileRuntime } from './compile.ts';
import { keepDayQuotas, openCounterMemory } from './day-quota-file.ts';
import { Drafts } from './drafting/drafts.ts';
import { sayFarewell } from './farewell.ts';
import type { GatewayState } from './gateway-state.ts';
import { ConnectionCounter } from './listener/connections.ts';
import { Listeners } from './listener/listeners.ts';
import { DayBook } from './outbound/day-book.ts';
import { VendorSecrets } from './outbound/read-secret.ts';
import { VendorPools } from './outbound/vendor-pools.ts';
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
import { readGatewayId } from './spool/gateway-id.ts';
import { Spool, type SpoolOptions } from './spool/spool.ts';
import { loadSnapshot, storeSnapshot } from './stored-snapshot.ts';
import { type AcmeSetting, AutomaticCertificate } from './tls/acme/automatic-certificate.ts';
import { Challenges } from './tls/acme/challenges.ts';
import { CertificateKeeper } from './tls/certificate-keeper.ts';
import { SchemaCache } from './validation/schema-cache.ts';

export type GatewayOptions = {
  /** The gateway's own folder: spool/, snapshot.json, gateway.id. Made when missing. */
  dataDir: string;
  version: string;
  clock?: Clock;
  logger: Logger;
  spool?: SpoolOptions;
  /**
   * Where limits are counted together with other threads: memory made by `openCounterMemory` in the main thread, which also
   * keeps the day quotas (`keepDayQuotas`), and this thread's number. Left out: this gateway counts for itself.
   */
  counters?: { memory: CounterMemory; worker: number };
  /** How names of vendors are resolved; left out: by the operating system. */
  vendorLookup?: LookupAll;
  /** Where automatic certificates come from, when it is not the internet's usual authority. */
  acme?: Partial<AcmeSetting>;
};

export type Gateway = {
  readonly id: string;
  readonly dataDir: string;
  readonly version: string;
  readonly startedAt: number;
  readonly metrics: GatewayMetrics;
  readonly spool: Spool;
  /**
   * Puts a snapshot into service as a whole. Throws `AppError` (`snapshot-invalid`, `port-taken` …) when that cannot be done;
   * the one before then stays in service untouched. Requests under way end with the one they began with.
   */
  apply(snapshot: GatewaySnapshot): Promise<void>;
  snapshot(): GatewaySnapshot | null;
  addresses(): string[];
  /** Where own programs reach vendors, with the name of the only vendor there if there is one. */
  vendorsDoors(): { url: string; vendor: string | null }[];
  /** The snapshot that was last in service, from disk; null when there is none or it does not fit this version. */
  lastStoredSnapshot(): GatewaySnapshot | null;
  openConnections(): number;
  activeRequests(): number;
  upstreams(): UpstreamStatus[];
  /** True from the beginning of `drain`: no new callers should be sent here. */
  isDraining(): boolean;
  /** What calls and answers looked like, as far as that is learnt (`drafts`). */
  drafts(): OperationShape[];
  /** Who is kept out at the moment. */
  bans(): Ban[];
  /** Ends the bans that `nightlatch ban lift` has put down in the gateway's folder; those that there were. */
  takeBanLifts(): string[];
  /** Null without https; negative once the certificate in service has ended. */
  certificateSecondsLeft(): number | null;
  /** With https: auto, whether there is a certificate yet, and how many attempts to get one have failed; null otherwise. */
  automaticCertificate(): { awaited: boolean; failures: number } | null;
  /** Stops accepting, lets running requests end for at most `timeoutMs`, then ends the rest and closes the spool. */
  drain(timeoutMs: number): Promise<void>;
};

/** A gateway without a configuration: it opens its addresses with the first `apply`. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, logger, version } = options;
  const clock = options.clock ?? systemClock;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const spool = new Spool(dataDir, options.spool ?? {}, { clock, logger });
  const metrics = new GatewayMetrics();
  const memory = options.counters?.memory ?? openCounterMemory(dataDir, logger);
  const counters = createSharedCounters(memory, options.counters?.worker);
  const endDayQuotas = options.counters === undefined ? keepDayQuotas(memory, dataDir, logger) : () => {};
  const shownByThisThread = (options.counters?.worker ?? 0) === 0;
  const bans = createThreadBans(
    counters,
    clock,
    options.counters === undefined ? null : `nightlatch-bans ${memory.seed.join(' ')}`,
    () => showBans(),
  );
  const showBans = (): void => {
    if (shownByThisThread) writeBans(dataDir, bans.table.mode, bans.table.list(), logger);
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
  const seenDeliveries = new SeenDeliveries();
  const outbound = {
    pools: new VendorPools(logger, options.vendorLookup),
    secrets: new VendorSecrets(),
    book: new DayBook(dataDir, clock, logger),
  };
  const drafts = new Drafts(dataDir, clock, logger, shownByThisThread);
  const connections = new ConnectionCounter();
  const listeners = new Listeners(connections);
  const challenges = new Challenges();
  const automatic = new AutomaticCertificate({
    ...{ dataDir, clock, logger, challenges },
    ...(options.acme === undefined ? {} : { setting: options.acme }),
    issued: (certificate) => certificates.issued(certificate),
  });
  const certificates: CertificateKeeper = new CertificateKeeper({
    dataDir,
    clock,
    logger,
    automatic,
    renewed: (certificate) => listeners.serve(certificate),
  });
  let state: GatewayState | null = null;
  let draining = false;
  let applying: Promise<void> = Promise.resolve();

  const applyNow = async (snapshot: GatewaySnapshot): Promise<void> => {
    const certificate = await certificates.prepare(snapshot.server);
    const runtime = await compileRuntime(
      ...([snapshot, counters, upstreams, sources, schemas, seenDeliveries, outbound, drafts] as const),
    );
    const current = state ?? {
      runtime,
      active: new ActiveExchanges(),
      recorder,
      bans: bans.table,
      clock,
      logger,
      leaving: false,
      challenges,
    };
    const change = await listeners.prepare(
      snapshot.server.listen,
      current,
      certificate,
      snapshot.server.clientCertificates !== null,
    );
    current.runtime = runtime;
    bans.table.follow(snapshot);
    showBans();
    state = current;
    change.commit(current);
    certificates.adopt(snapshot.server, certificate);
    upstreams.retain(snapshot.services);
    sources.keys.retain(keyPlaces(snapshot));
    seenDeliveries.retain(new Set(snapshot.webhooks.map(({ name }) => name)));
    outbound.pools.retain(snapshot.vendors);
    endRevokedStreams(current);
    storeSnapshot(dataDir, snapshot, logger);
  };

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
    id: readGatewayId(dataDir, spool.isNew),
    dataDir,
    version,
    startedAt: clock.now(),
    metrics,
    spool,
    apply(snapshot) {
      const result = applying.then(() => applyNow(snapshot));
      applying = result.catch(() => {});
      return result;
    },
    snapshot: () => state?.runtime.snapshot ?? null,
    addresses: () => listeners.all().flatMap(({ url, address }) => (address.outbound === undefined ? [url] : [])),
    vendorsDoors: () =>
      listeners
        .all()
        .flatMap(({ url, address: { outbound } }) => (outbound === undefined ? [] : [{ url, ...outbound }])),
    lastStoredSnapshot: () => loadSnapshot(dataDir, logger),
    openConnections: () => connections.total,
    activeRequests: () => state?.active.size ?? 0,
    upstreams: () => upstreams.status(),
    isDraining: () => draining,
    drafts: () => drafts.published(),
    bans: () => bans.table.list(),
    takeBanLifts: () => takeLifts(dataDir, logger, (address) => bans.table.lift(address)),
    certificateSecondsLeft: () => certificates.secondsLeft(),
    automaticCertificate: () =>
      state?.runtime.server.https === 'auto' ? { awaited: certificates.awaits(), failures: automatic.failures } : null,
    async drain(timeoutMs) {
      clearInterval(expiry);
      bans.close();
      drafts.close();
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
      await outbound.pools.close();
      spool.close();
    },
  };
}

/** For so long callers hear that they should not come back, and load balancers that nobody new should. */
const FAREWELL_MS = 1_000;

/** An open stream outlives its key or token by at most this. */
const EXPIRY_SWEEP_MS = 5_000;

function whenIdle(active: () => number, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const until = performance.now() + timeoutMs;
    const check = setInterval(() => {
      if (active() > 0 && performance.now() < until) return;
      clearInterval(check);
      resolve();
    }, 20);
  });
}
