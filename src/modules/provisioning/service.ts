import { toYaml } from '../../configuration/index.ts';
import type { Change, FrontDoorState, LockRequest, LockState } from '../../contracts/api/front-door.ts';
import type { GatewayStatusReceipt, GatewayStatusReport } from '../../contracts/protocol/gateway-protocol.ts';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotLock } from '../../contracts/snapshot/snapshot-lock.ts';
import { type Actor, SYSTEM } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ApplyChange } from '../../platform/apply-change.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import { compileCurrent, readConfig } from './compile.ts';
import { Gateways } from './gateways.ts';
import { type Imported, readForImport, replaceAll } from './import-config.ts';
import { makeRevision } from './next-revision.ts';
import { noteModes } from './protections/note-modes.ts';
import { type Published, Publisher } from './publisher.ts';
import {
  keepReport,
  type ProvisioningDb,
  type ProvisioningTables,
  provisioningTablesOf,
  readFrontDoor,
  readLatest,
  readReports,
  type ServerConfig,
  writeLock,
  writeServer,
} from './store.ts';

export type ProvisioningDeps = {
  database: Database;
  audit: Audit;
  clock: Clock;
  /**
   * What the settings of this installation decide of the `server` part: `{ listen: ['127.0.0.1:8080'] }`. Null: it stays what
   * it was when a control plane last ran.
   */
  server: ServerConfig | null;
  /** From where owners signed in lately: gateways do not ban these. Left out: nowhere. */
  spared?: () => GatewayStatusReceipt['spared'];
};

/** Compiles what inventory and vault hold into revisions, publishes them to the gateways, and knows what these run. */
export type Provisioning = {
  readonly applyChange: ApplyChange;
  /** What gateways are to run now. */
  current(): GatewaySnapshot;
  /** Waits until every connected gateway runs a revision, or refused it, at most `timeoutMs`. */
  waitFor(revision: number, timeoutMs: number): Promise<Change>;
  /** The snapshot once it is another than `revision`; null when none came in `timeoutMs` or until `signal` is aborted. */
  nextSnapshot(revision: number | null, timeoutMs: number, signal: AbortSignal): Promise<Published | null>;
  reported(report: GatewayStatusReport): Promise<void>;
  /** From where owners signed in lately: gateways do not ban these. */
  spared(): GatewayStatusReceipt['spared'];
  state(): Promise<FrontDoorState>;
  lockState(): Promise<LockState>;
  /** Throws `AppError('route-unknown')` for a route that no service has. */
  lock(actor: Actor, request: LockRequest): Promise<{ lock: LockState; change: Change }>;
  unlock(actor: Actor): Promise<{ lock: LockState; change: Change }>;
  exportYaml(): Promise<string>;
  /** Throws `AppError('config-invalid')` with lines, `AppError('change-refused')`. */
  importYaml(actor: Actor, yaml: string): Promise<Imported & { change: Change }>;
};

/** Throws `AppError('change-refused')` when what the settings say cannot be put into service. */
export async function createProvisioning(deps: ProvisioningDeps): Promise<Provisioning> {
  const db = deps.database.tables<ProvisioningTables>();
  const publisher = new Publisher();
  const gateways = new Gateways(deps.clock);
  const fixed = deps.server ?? {};

  const compileNext = (tx: ProvisioningDb, actor: Actor, atLeast = 1): Promise<Published> =>
    makeRevision(tx, actor, deps.clock.now(), atLeast);

  const applyChange: ApplyChange = async (actor, mutate) => {
    const { result, snapshot } = await deps.database
      .tables<unknown>()
      .transaction()
      .execute(async (tx) => {
        const result = await mutate(tx);
        return { result, snapshot: await compileNext(provisioningTablesOf(tx), actor) };
      });
    publisher.publish(snapshot);
    return { result, change: await gateways.waitFor(snapshot.revision, LIVE_WITHIN_MS) };
  };

  const saveLock = async (actor: Actor, lock: SnapshotLock | null) => {
    const { change } = await applyChange(actor, async (tx) => {
      await writeLock(provisioningTablesOf(tx), lock);
      const action = lock === null ? 'lock.release' : 'lock.set';
      const subject = lock === null || lock.routes === 'all' ? 'front door' : lock.routes.join(', ');
      const detail = lock === null ? {} : { message: lock.message, allowConsumers: lock.allowConsumers };
      await deps.audit.record(tx, { actor, action, subject, detail });
    });
    return { lock: showLock(lock), change };
  };

  const demandRoutes = async (asked: readonly string[]) => {
    const known = new Set(publisher.current === null ? [] : routeIds(publisher.current));
    const missing = asked.filter((route) => !known.has(route));
    if (missing.length === 0) return;
    throw new AppError('route-unknown', `There is no route "${missing[0]}".`, {
      status: 422,
      next: 'Name routes as the list of routes does, such as "GET /orders", or lock everything.',
    });
  };

  // What is in force is compiled anew, so that changed settings and a newer version's defaults take effect with the start.
  publisher.publish(
    await db.transaction().execute(async (tx) => {
      const { server } = await readFrontDoor(tx);
      await writeServer(tx, { ...server, ...fixed });
      await noteModes(tx, deps.clock.now());
      const latest = await readLatest(tx);
      if (latest !== undefined) {
        const { snapshot } = await compileCurrent(tx, latest.revision, deps.clock.now());
        const text = JSON.stringify(snapshot);
        if (text === latest.snapshot) return { revision: latest.revision, text };
      }
      return await compileNext(tx, SYSTEM);
    }),
  );

  return {
    applyChange,
    current() {
      if (publisher.current === null) throw new Error('nothing was published');
      return JSON.parse(publisher.current.text) as GatewaySnapshot;
    },
    waitFor: (revision, timeoutMs) => gateways.waitFor(revision, timeoutMs),
    nextSnapshot: (revision, timeoutMs, signal) => publisher.next(revision, timeoutMs, signal),

    spared: () => deps.spared?.() ?? [],

    async reported(report) {
      const current = publisher.current?.revision ?? 0;
      // A backup was put back: numbers that gateways know already would be given out again, for something else.
      if ((report.appliedRevision ?? 0) > current) {
        const atLeast = (report.appliedRevision ?? 0) + 1;
        publisher.publish(await db.transaction().execute((tx) => compileNext(tx, SYSTEM, atLeast)));
      }
      gateways.reported(report);
      await keepReport(db, report, deps.clock.now());
    },

    async state() {
      const reports = await readReports(db);
      return {
        revision: publisher.current?.revision ?? 0,
        gateways: reports.map(({ report, lastSeenAt }) => ({
          id: report.gateway,
          connected: gateways.isConnected(report.gateway),
          addresses: report.addresses,
          appliedRevision: report.appliedRevision,
          refused: report.refused,
          closed: report.closed ?? [],
          lastSeenAt: new Date(lastSeenAt).toISOString(),
          droppedEvents: report.spool.droppedEvents,
          certificateExpiresAt:
            report.certificateExpiresAt == null ? null : new Date(report.certificateExpiresAt).toISOString(),
        })),
        lock: showLock((await readFrontDoor(db)).lock),
      };
    },

    lockState: async () => showLock((await readFrontDoor(db)).lock),

    async lock(actor, request) {
      if (request.routes !== 'all') await demandRoutes(request.routes);
      const { message = '', routes, allowConsumers } = request;
      return await saveLock(actor, { since: deps.clock.now(), message, routes, allowConsumers });
    },

    unlock: (actor) => saveLock(actor, null),
    exportYaml: async () => toYaml(await readConfig(deps.database.tables<unknown>())),

    async importYaml(actor, yaml) {
      const config = readForImport(yaml, fixed);
      const { result, change } = await applyChange(actor, async (tx) => {
        const imported = await replaceAll(tx, config, fixed, deps.clock.now());
        await deps.audit.record(tx, { actor, action: 'config.import', subject: 'front door', detail: { ...imported } });
        return imported;
      });
      return { ...result, change };
    },
  };
}

function routeIds({ text }: Published): string[] {
  const { routes, vendors } = JSON.parse(text) as GatewaySnapshot;
  return [...routes, ...vendors.flatMap((vendor) => vendor.routes)].map((route) => route.id);
}

function showLock(lock: SnapshotLock | null): LockState {
  if (lock === null) return { locked: false, since: null, message: null, routes: 'all', allowConsumers: [] };
  return {
    locked: true,
    since: new Date(lock.since).toISOString(),
    message: lock.message === '' ? null : lock.message,
    routes: lock.routes,
    allowConsumers: lock.allowConsumers,
  };
}

const LIVE_WITHIN_MS = 3_000;
