import { type Kysely, sql, type Transaction } from 'kysely';
import type { AuditEntry, AuditVerdict } from '../../contracts/api/account.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Database } from '../../storage/sql/database.ts';
import { CHAIN_START, canonicalJson, chainHash } from './chain.ts';

/** What somebody did. `action` is a stable id (`key.create`), `subject` names the thing. Secrets never stand in `detail`. */
export type AuditRecord = { actor: Actor; action: string; subject: string; detail?: Record<string, unknown> };

type AuditRow = {
  seq: number;
  at: number;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject: string;
  detail: string;
  hash: string;
};
export type AuditTables = { audit_entries: AuditRow };
export type AuditPage = { items: AuditEntry[]; next: number | null };

/** The slice's tables inside another slice's transaction: the connection is the same, only the types differ. */
const auditTables = <Tables>(change: Transaction<Tables>) => change as unknown as Kysely<AuditTables>;

export async function appendEntry<Tables>(
  change: Transaction<Tables>,
  now: number,
  record: AuditRecord,
): Promise<void> {
  const db = auditTables(change);
  const last = await db
    .selectFrom('audit_entries')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: now,
    actor_kind: record.actor.kind,
    actor_id: record.actor.id,
    actor_name: record.actor.name,
    action: record.action,
    subject: record.subject,
    detail: canonicalJson(record.detail ?? {}),
  };
  await db
    .insertInto('audit_entries')
    .values({ ...row, hash: chainHash(last?.hash ?? CHAIN_START, chained(row)) })
    .execute();
}

export async function readPage(
  database: Database,
  query: { before?: number | undefined; limit: number },
): Promise<AuditPage> {
  let select = database.tables<AuditTables>().selectFrom('audit_entries').selectAll().orderBy('seq', 'desc');
  if (query.before !== undefined) select = select.where('seq', '<', query.before);
  const rows = await select.limit(query.limit + 1).execute();
  const items = rows.slice(0, query.limit).map(shown);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.seq ?? null) : null };
}

export async function verifyChain(database: Database): Promise<AuditVerdict> {
  const db = database.tables<AuditTables>();
  let previous = CHAIN_START;
  let seq = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const expected = seq + 1;
      if (row.seq !== expected || row.hash !== safeHash(previous, row)) {
        return { intact: false, entries: await count(db), firstBroken: expected };
      }
      previous = row.hash;
      seq = row.seq;
    }
    if (rows.length < BATCH) return { intact: true, entries: seq, firstBroken: null };
  }
}

/** `null` when the detail is no JSON any more: then somebody wrote over it. */
function safeHash(previous: string, row: AuditRow): string | null {
  try {
    return chainHash(previous, chained(row));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const count = async (db: Kysely<AuditTables>) =>
  (await db.selectFrom('audit_entries').select(sql<number>`count(*)`.as('entries')).executeTakeFirstOrThrow()).entries;

function chained(row: Omit<AuditRow, 'hash'>) {
  return {
    seq: row.seq,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    subject: row.subject,
    detail: JSON.parse(row.detail) as unknown,
  };
}

function shown(row: AuditRow): AuditEntry {
  return {
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    actor: row.actor_name,
    action: row.action,
    subject: row.subject,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
    hash: row.hash,
  };
}

const BATCH = 1_000;
