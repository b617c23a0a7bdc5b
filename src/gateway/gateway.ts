import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SecretSource } from '../contracts/config/secret-source.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { createMemoryCounters } from '../storage/counters/memory.ts';
import { ActiveExchanges } from './active-exchanges.ts';
import { GatewayMetrics } from './admin/metrics.ts';
import { compileRuntime } from './compile.ts';
import type { GatewayState, Inside } from './gateway-state.ts';
import { handleRequest, handleUpgrade } from './handle.ts';
import { proceedInside } from './inside/proceed-inside.ts';
import { ConnectionCounter } from './listener/connections.ts';
import { Listeners } from './listener/listeners.ts';
import { PasswordChecker } from './policies/authenticate/basic/password-checker.ts';
import { keyPlaces } from './policies/authenticate/jwt/compile-tokens.ts';
import { createKeySources } from './policies/authenticate/jwt/fetched-keys.ts';
import { proceedUpstream } from './proxy/proceed-upstream.ts';
import { createUpstreams } from './proxy/upstreams.ts';
import { readSecret } from './read-secret.ts';
import { Recorder } from './recorder.ts';
import { endRefusedStreams } from './refused-streams.ts';
import { endExpiredStreams, endRevokedStreams } from './revoke-streams.ts';
import { readGatewayId } from './spool/gateway-id.ts';
import { Spool, type SpoolOptions } from './spool/spool.ts';
import { loadSnapshot, storeSnapshot } from './stored-snapshot.ts';
import { CertificateKeeper } from './tls/certificate-keeper.ts';
import { SchemaCache } from './validation/schema-cache.ts';

export type GatewayOptions = {
  /** The gateway's own folder: spool/, snapshot.json, gateway.id. Made when missing. */
  dataDir: string;
  version: string;
  clock?: Clock;
  logger: Logger;
  spool?: SpoolOptions;
  /** For a gateway in an application: nothing is forwarded, and requests come by `judge`. */
  inside?: Inside;
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
  /**
   * Judges a request that an application's own server has received. It is refused here, or carries on with what `whenLetThrough`
   * left on it (inside/proceed-inside.ts). Upgrades come with their `socket` and first bytes instead of a response.
   */
  judge(request: IncomingMessage, response: ServerResponse | null, socket: Duplex, head: Buffer | null): void;
  snapshot(): GatewaySnapshot | null;
  addresses(): string[];
  /** The snapshot that was last in service, from disk; null when there is none or it does not fit this version. */
  lastStoredSnapshot(): GatewaySnapshot | null;
  openConnections(): number;
  activeRequests(): number;
  /** Null without https; negative once the certificate in service has ended. */
  certificateSecondsLeft(): number | null;
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
  const recorder = new Recorder(spool, metrics, clock);
  const counters = createMemoryCounters();
  const upstreams = createUpstreams();
  const sources = {
    keys: createKeySources(logger),
    passwords: new PasswordChecker(),
    logger,
    readSecret: (source: SecretSource, what: string) => readSecret(source, dataDir, what),
  };
  const schemas = new SchemaCache();
  const connections = new ConnectionCounter();
  const listeners = new Listeners(connections);
  const certificates = new CertificateKeeper({
    dataDir,
    clock,
    logger,
    renewed: (certificate) => listeners.serve(certificate),
  });
  const inside = options.inside ?? null;
  const proceed = inside === null ? proceedUpstream : proceedInside;
  let state: GatewayState | null = null;
  let applying: Promise<void> = Promise.resolve();

  const applyNow = async (snapshot: GatewaySnapshot): Promise<void> => {
    const certificate = certificates.prepare(snapshot.server);
    const runtime = await compileRuntime(snapshot, counters, upstreams, sources, schemas);
    const current = state ?? { runtime, active: new ActiveExchanges(), recorder, clock, logger, proceed, inside };
    const change = await listeners.prepare(snapshot.server.listen, current, certificate);
    current.runtime = runtime;
    state = current;
    change.commit(current);
    certificates.adopt(snapshot.server, certificate);
    upstreams.retain(snapshot.services);
    sources.keys.retain(keyPlaces(snapshot));
    endRevokedStreams(current);
    storeSnapshot(dataDir, snapshot, logger);
  };

  let asking = false;
  const expiry = setInterval(() => {
    if (state === null) return;
    endExpiredStreams(state);
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
    judge(request, response, socket, head) {
      if (state === null) throw new TypeError('the gateway has no configuration yet');
      if (response !== null) handleRequest(state, request, response);
      else handleUpgrade(state, request, socket, head ?? Buffer.alloc(0));
    },
    snapshot: () => state?.runtime.snapshot ?? null,
    addresses: () => listeners.all().map((listener) => listener.url),
    lastStoredSnapshot: () => loadSnapshot(dataDir, logger),
    openConnections: () => connections.total,
    activeRequests: () => state?.active.size ?? 0,
    certificateSecondsLeft: () => certificates.secondsLeft(),
    async drain(timeoutMs) {
      clearInterval(expiry);
      certificates.close();
      const open = listeners.all();
      const stopped = Promise.all(open.map((listener) => listener.stopAccepting()));
      for (const listener of open) listener.closeIdle();
      const idle = whenIdle(() => state?.active.size ?? 0, timeoutMs);
      // In an application there is no address of ours whose end would say that all is done.
      await (inside === null ? Promise.race([stopped, idle]) : idle);
      for (const x of state?.active ?? []) x.abort?.('shutdown');
      for (const listener of open) listener.destroy();
      await upstreams.close();
      spool.close();
    },
  };
}

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
