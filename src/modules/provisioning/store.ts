import type { Kysely, Transaction } from 'kysely';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { GatewayStatusReport } from '../../contracts/protocol/gateway-protocol.ts';
import type { SnapshotLock } from '../../contracts/snapshot/snapshot-lock.ts';

export type ServerConfig = NonNullable<GatewayConfig['server']>;
/** The parts of a configuration that hold for the gateway as a whole and belong to no other slice. */
export type GatewayWide = Omit<GatewayConfig, 'version' | 'server' | 'defaults' | 'services' | 'consumers'> & {
  /** The others are written out at each route. */
  defaults?: Pick<NonNullable<GatewayConfig['defaults']>, 'loginProtection'>;
};
/** `rules` is a configuration without consumers; null for revisions that were made before rules were kept. */
export type RevisionRow = {
  revision: number;
  created_at: number;
  actor: string;
  snapshot: string;
  rules: string | null;
  /** JSON list: the first of `change_count` plain lines. */
  changes: string;
  change_count: number;
};
export type ProvisioningTables = {
  revisions: RevisionRow;
  front_door: { id: number; server: string; lock_state: string | null; gateway_wide: string };
  gateways: { id: string; report: string; last_seen_at: number };
};
export type ProvisioningDb = Kysely<ProvisioningTables>;

/** The slice's tables inside a change that others take part in: the connection is the same, only the types differ. */
export const provisioningTablesOf = <Tables>(change: Transaction<Tables> | Kysely<Tables>) =>
  change as unknown as ProvisioningDb;

export const readLatest = (db: ProvisioningDb) =>
  db.selectFrom('revisions').selectAll().orderBy('revision', 'desc').limit(1).executeTakeFirst();

/** The revisions that are kept, newest first, without their snapshots. */
export const readRevisions = (db: ProvisioningDb) =>
  db
    .selectFrom('revisions')
    .select(['revision', 'created_at', 'actor', 'rules', 'changes', 'change_count'])
    .orderBy('revision', 'desc')
    .execute();

/** Stores a revision and lets those go that are older than the last 20. */
export async function keepRevision(db: ProvisioningDb, row: ProvisioningTables['revisions']): Promise<void> {
  await db.insertInto('revisions').values(row).execute();
  // Numbers may jump (a backup was put back), so the last ones are counted and not reckoned.
  const kept = db.selectFrom('revisions').select('revision').orderBy('revision', 'desc').limit(KEPT_REVISIONS);
  await db.deleteFrom('revisions').where('revision', 'not in', kept).execute();
}

export type FrontDoor = { server: ServerConfig; gatewayWide: GatewayWide; lock: SnapshotLock | null };

/** What holds for the front door as a whole. */
export async function readFrontDoor(db: ProvisioningDb): Promise<FrontDoor> {
  const row = await db.selectFrom('front_door').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
  return {
    server: JSON.parse(row.server) as ServerConfig,
    gatewayWide: JSON.parse(row.gateway_wide) as GatewayWide,
    lock: row.lock_state === null ? null : (JSON.parse(row.lock_state) as SnapshotLock),
  };
}

export async function writeServer(db: ProvisioningDb, server: ServerConfig): Promise<void> {
  await db
    .updateTable('front_door')
    .set({ server: JSON.stringify(server) })
    .where('id', '=', 1)
    .execute();
}

export async function writeGatewayWide(db: ProvisioningDb, gatewayWide: GatewayWide): Promise<void> {
  await db
    .updateTable('front_door')
    .set({ gateway_wide: JSON.stringify(gatewayWide) })
    .where('id', '=', 1)
    .execute();
}

export async function writeLock(db: ProvisioningDb, lock: SnapshotLock | null): Promise<void> {
  const set = { lock_state: lock === null ? null : JSON.stringify(lock) };
  await db.updateTable('front_door').set(set).where('id', '=', 1).execute();
}

export async function keepReport(db: ProvisioningDb, report: GatewayStatusReport, now: number): Promise<void> {
  const row = { report: JSON.stringify(report), last_seen_at: now };
  await db
    .insertInto('gateways')
    .values({ id: report.gateway, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function readReports(db: ProvisioningDb): Promise<{ report: GatewayStatusReport; lastSeenAt: number }[]> {
  const rows = await db.selectFrom('gateways').selectAll().orderBy('id').execute();
  return rows.map((row) => ({ report: JSON.parse(row.report) as GatewayStatusReport, lastSeenAt: row.last_seen_at }));
}

const KEPT_REVISIONS = 20;
