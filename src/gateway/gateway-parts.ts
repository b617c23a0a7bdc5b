import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretSource } from '../contracts/config/secret-source.ts';
import { systemClock } from '../platform/clock.ts';
import { createSharedCounters } from '../storage/counters/shared-counters.ts';
import { GatewayMetrics } from './admin/metrics.ts';
import { writeBans } from './bans/ban-files.ts';
import { createThreadBans } from './bans/thread-bans.ts';
import { Drafts } from './drafting/drafts.ts';
import { keepGatewayMemory, openGatewayMemory } from './gateway-memory.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { KnownSecrets } from './known-secrets.ts';
import { OwnConnections, SharedConnections } from './listener/connections.ts';
import { DayBook } from './outbound/day-book.ts';
import { VendorSecrets } from './outbound/read-secret.ts';
import { VendorPools } from './outbound/vendor-pools.ts';
import { OwnerMemory } from './ownership/owner-memory.ts';
import { PasswordChecker } from './policies/authenticate/basic/password-checker.ts';
import { createKeySources } from './policies/authenticate/jwt/fetched-keys.ts';
import { SeenDeliveries } from './policies/authenticate/webhook/seen-deliveries.ts';
import { createUpstreams } from './proxy/upstreams.ts';
import { readSecret } from './read-secret.ts';
import { Recorder } from './recorder.ts';
import { openLanes } from './spool/lanes.ts';
import { Spool } from './spool/spool.ts';
import { loadSnapshot } from './stored-snapshot.ts';
import { SchemaCache } from './validation/schema-cache.ts';

/** What of a gateway outlives every configuration: the event log, counts, connections to others, and what was learnt. */
export function openParts(options: GatewayOptions) {
  const { dataDir, logger, worker } = options;
  const clock = options.clock ?? systemClock;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lanes =
    worker === undefined
      ? openLanes(dataDir, 1, options.spool ?? {}, { clock, logger })
      : { idle: [], limits: options.spool };
  const spool = new Spool(dataDir, { ...lanes.limits, lane: worker?.number ?? 0 }, { clock, logger });
  const metrics = new GatewayMetrics();
  const memory = worker?.memory ?? openGatewayMemory(dataDir, clock, logger);
  const counters = createSharedCounters(memory.limits, worker?.number);
  const endMemory = worker === undefined ? keepGatewayMemory(memory, dataDir, clock, logger) : () => {};
  const bans = createThreadBans(counters, clock, worker === undefined ? null : memory, () => showBans());
  const showBans = (): void => {
    if (worker === undefined) writeBans(dataDir, bans.table.mode, bans.table.list(), logger);
  };
  // Each thread learns for itself: what it has seen is part of the whole, and in a folder of its own.
  const learntFolder = worker === undefined ? dataDir : join(dataDir, 'workers', String(worker.number));
  mkdirSync(learntFolder, { recursive: true, mode: 0o700 });
  return {
    ...{ clock, spool, metrics, counters, endMemory, bans, showBans },
    spools: [spool, ...lanes.idle],
    recorder: new Recorder(spool, metrics, clock, bans.table),
    upstreams: createUpstreams(logger),
    sources: {
      keys: createKeySources(logger),
      passwords: new PasswordChecker(),
      logger,
      readSecret: (source: SecretSource, what: string) => readSecret(source, dataDir, what),
    },
    schemas: new SchemaCache(),
    secrets: new KnownSecrets(loadSnapshot(dataDir, logger)),
    seenDeliveries: new SeenDeliveries(createSharedCounters(memory.deliveries, worker?.number)),
    outbound: {
      pools: new VendorPools(logger, options.vendorLookup),
      secrets: new VendorSecrets(),
      book: new DayBook(dataDir, clock, logger),
    },
    drafts: new Drafts(learntFolder, clock, logger),
    owners: new OwnerMemory(learntFolder, logger),
    connections:
      worker === undefined
        ? new OwnConnections()
        : new SharedConnections(createSharedCounters(memory.connections, worker.number)),
  };
}
