import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import { ActiveExchanges } from './active-exchanges.ts';
import type { GatewayReading } from './admin/reading.ts';
import { takeLifts } from './bans/ban-files.ts';
import { compileRuntime } from './compile.ts';
import { sayFarewell } from './farewell.ts';
import type { Gateway, GatewayOptions, PreparedChange } from './gateway-options.ts';
import { openParts } from './gateway-parts.ts';
import type { GatewayState } from './gateway-state.ts';
import { handleRequest, handleUpgrade } from './handle.ts';
import { proceedInside } from './inside/proceed-inside.ts';
import { Listeners } from './listener/listeners.ts';
import { Pace } from './listener/pace.ts';
import { keyPlaces } from './policies/authenticate/jwt/compile-tokens.ts';
import { proceedUpstream } from './proxy/proceed-upstream.ts';
import { endRefusedStreams } from './refused-streams.ts';
import { endExpiredStreams, endRevokedStreams } from './revoke-streams.ts';
import { sumSpools } from './spool/sum-spools.ts';
import { loadSnapshot, storeSnapshot } from './stored-snapshot.ts';
import { AutomaticCertificate } from './tls/acme/automatic-certificate.ts';
import { Challenges } from './tls/acme/challenges.ts';
import { CertificateKeeper } from './tls/certificate-keeper.ts';
import { whenIdle } from './when-idle.ts';

/** A gateway without a configuration: it opens its addresses with the first `apply`. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, logger, version, worker } = options;
  const parts = openParts(options);
  const { clock, spool, spools, metrics, bans, recorder, upstreams, sources, outbound, connections } = parts;
  const listeners = new Listeners(connections, worker !== undefined);
  const pace = new Pace();
  const challenges = new Challenges();
  const automatic = new AutomaticCertificate({
    ...{ dataDir, clock, logger, challenges },
    ...(options.acme === undefined ? {} : { setting: options.acme }),
    issued: (certificate) => certificates.issued(certificate),
  });
  const certificates: CertificateKeeper = new CertificateKeeper({
    ...{ dataDir, clock, logger, automatic },
    renewed: (certificate) => listeners.serve(certificate),
  });
  const inside = options.inside ?? null;
  const proceed = inside === null ? proceedUpstream : proceedInside;
  let state: GatewayState | null = null;
  let draining = false;
  let applying: Promise<void> = Promise.resolve();

  const prepare = async (snapshot: GatewaySnapshot): Promise<PreparedChange> => {
    const certificate = await certificates.prepare(snapshot.server);
    const runtime = await compileRuntime(snapshot, parts);
    const current: GatewayState = state ?? {
      ...{ runtime, recorder, bans: bans.table, clock, logger, challenges, proceed, inside },
      active: new ActiveExchanges(),
      leaving: false,
    };
    const asks = snapshot.server.clientCertificates !== null;
    const change = await listeners.prepare(snapshot.server.listen, current, certificate, asks);
    const commit = () => {
      current.runtime = runtime;
      bans.table.follow(snapshot);
      parts.showBans();
      state = current;
      parts.secrets.inService(snapshot);
      for (const reason of runtime.closed) logger.error({ reason }, 'what needs a secret that is gone stays closed');
      change.commit(current);
      certificates.adopt(snapshot.server, certificate);
      upstreams.retain(snapshot.services);
      sources.keys.retain(keyPlaces(snapshot));
      outbound.pools.retain(snapshot.vendors);
      endRevokedStreams(current);
      if (worker === undefined) storeSnapshot(dataDir, snapshot, logger);
    };
    return { commit, abort: change.abort };
  };

  const awaitsCertificate = () => state?.runtime.server.https === 'auto' && certificates.awaits();
  const reading = (): GatewayReading => ({
    metrics: metrics.counts(),
    spool: sumSpools(spools.map((lane) => lane.status())),
    openConnections: connections.total,
    activeRequests: state?.active.size ?? 0,
    certificateSecondsLeft: certificates.secondsLeft(),
    upstreams: upstreams.status(),
    closed: state?.runtime.closed ?? [],
  });

  let asking = false;
  const expiry = setInterval(() => {
    if (state === null) return;
    endExpiredStreams(state);
    pace.check(state, performance.now());
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
    judge(request, response, socket, head) {
      if (state === null) throw new TypeError('the gateway has no configuration yet');
      if (response !== null) handleRequest(state, request, response);
      else handleUpgrade(state, request, socket, head ?? Buffer.alloc(0));
    },
    snapshot: () => state?.runtime.snapshot ?? null,
    addresses: () => listeners.all().flatMap(({ url, address }) => (address.outbound === undefined ? [url] : [])),
    vendorsDoors: () =>
      listeners.all().flatMap(({ url, address: { outbound: door } }) => (door === undefined ? [] : [{ url, ...door }])),
    lastStoredSnapshot: () => loadSnapshot(dataDir, logger),
    drafts: () => parts.drafts.published(),
    isReady: () => listeners.all().length > 0 && !draining && !awaitsCertificate(),
    automaticCertificate: () =>
      state?.runtime.server.https === 'auto' ? { awaited: certificates.awaits(), failures: automatic.failures } : null,
    reading,
    read: async () => reading(),
    spools: () => spools,
    onRecorded: (listener) => void spool.onWritten(listener),
    bans: () => bans.table.list(),
    learnBans(known) {
      for (const ban of known) bans.table.accept({ ban }, clock.now());
    },
    spare: (addresses) => bans.table.spare(addresses),
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
      const idle = whenIdle(() => state?.active.size ?? 0, timeoutMs);
      // In an application there is no address of ours whose end would say that all is done.
      await (inside === null ? Promise.race([stopped, idle]) : idle);
      for (const x of state?.active ?? []) x.abort?.('shutdown');
      for (const listener of open) listener.destroy();
      await upstreams.close();
      await outbound.pools.close();
      parts.endMemory();
      parts.owners.close();
      parts.drafts.close();
      for (const lane of spools) lane.close();
    },
  };
}

/** For so long callers hear that they should not come back, and load balancers that nobody new should. */
const FAREWELL_MS = 1_000;

/** An open stream outlives its key or token by at most this. */
const EXPIRY_SWEEP_MS = 5_000;
