import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ActivitySummary } from '../../contracts/api/activity.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Database } from '../../storage/sql/database.ts';
import { FAILED, LET_IN, TURNED_AWAY } from './outcome.ts';
import { minuteCeil, minuteFloor, type Piece, piecesOf } from './spans.ts';
import type { ActivityDb, ActivityTables } from './tables.ts';
import type { Words } from './words.ts';

type Span = { from: number; to: number };

/**
 * The picture of a span, from roll-ups alone, so that its cost hangs on the length of the span and hardly on the traffic. The
 * span is widened to full minutes. Throws `AppError('span-invalid')`.
 */
export async function summarise(
  deps: { database: Database; words: Words },
  query: Span & { buckets: number },
): Promise<ActivitySummary> {
  const span = { from: minuteFloor(query.from), to: minuteCeil(query.to) };
  if (span.from >= span.to || span.to - span.from > MAX_SPAN_MS) {
    throw new AppError('span-invalid', 'The span must end after it begins and be three years long at most.', {
      status: 400,
      next: 'Choose another "from" and "to".',
    });
  }
  const db = deps.database.tables<ActivityTables>();
  const pieces = piecesOf(span.from, span.to);
  const buckets = await bucketsOf(db, span, query.buckets);
  await nextTurn();
  const reasons = await reasonsOf(db, pieces);
  await nextTurn();
  const slowest = await slowestOf(db, pieces);
  await nextTurn();
  const callers = await callersOf(db, pieces);
  await nextTurn();
  const addresses = await addressesOf(db, pieces);
  const missing = await missingIn(db, span);
  const ids = [
    ...reasons.map((row) => row.code),
    ...slowest.flatMap((row) => [row.route, row.service]),
    ...callers.map((row) => row.consumer),
    ...addresses.map((row) => row.address),
  ];
  const text = await deps.words.texts(db, ids);
  const [letIn, turnedAway, failed] = [LET_IN, TURNED_AWAY, FAILED].map((outcome) =>
    buckets.reduce((sum, bucket) => sum + (bucket.calls[outcome] ?? 0), 0),
  );
  return {
    from: iso(span.from),
    to: iso(span.to),
    total: (letIn ?? 0) + (turnedAway ?? 0) + (failed ?? 0),
    letIn: letIn ?? 0,
    turnedAway: turnedAway ?? 0,
    failed: failed ?? 0,
    buckets: buckets.map(({ start, calls }) => ({
      start: iso(start),
      letIn: calls[LET_IN] ?? 0,
      turnedAway: calls[TURNED_AWAY] ?? 0,
      failed: calls[FAILED] ?? 0,
    })),
    reasons: reasons.map(({ code, calls }) => ({ code: text(code), count: calls })),
    slowest: slowest.map((row) => ({
      route: text(row.route),
      service: text(row.service),
      count: row.calls,
      meanMs: round(row.sum_us / row.calls / 1000),
      maxMs: round(row.max_us / 1000),
    })),
    topCallers: callers.map((row) => ({
      consumer: row.consumer === 0 ? null : text(row.consumer),
      count: row.calls,
      turnedAway: row.turned_away,
    })),
    topAddresses: addresses.map((row) => ({
      address: text(row.address),
      count: row.calls,
      turnedAway: row.turned_away,
    })),
    missing,
  };
}

/** Buckets begin at full minutes; the last one may be shorter. */
async function bucketsOf(db: ActivityDb, span: Span, count: number) {
  const width = minuteCeil((span.to - span.from) / count);
  const buckets: { start: number; calls: number[] }[] = [];
  for (let start = span.from; start < span.to; start += width) buckets.push({ start, calls: [0, 0, 0] });
  const pieces = buckets.flatMap(({ start }, bucket) =>
    piecesOf(start, Math.min(start + width, span.to)).map((piece) => ({ ...piece, bucket })),
  );
  const rows = await withPieces(db, pieces)
    .innerJoin('activity_rollups as r', (join) =>
      join.onRef('r.level', '=', 'p.level').onRef('r.start', '>=', 'p.from').onRef('r.start', '<', 'p.to'),
    )
    .select(['p.bucket', 'r.outcome', sql<number>`sum(r.calls)`.as('calls')])
    .groupBy(['p.bucket', 'r.outcome'])
    .execute();
  for (const row of rows) {
    const calls = buckets[row.bucket]?.calls;
    if (calls !== undefined) calls[row.outcome] = row.calls;
  }
  return buckets;
}

function reasonsOf(db: ActivityDb, pieces: readonly Piece[]) {
  return joined(db, pieces)
    .select(['r.code', sql<number>`sum(r.calls)`.as('calls')])
    .where('r.code', '!=', 0)
    .groupBy('r.code')
    .orderBy('calls', 'desc')
    .limit(TOP)
    .execute();
}

function slowestOf(db: ActivityDb, pieces: readonly Piece[]) {
  return joined(db, pieces)
    .select(['r.route', 'r.service', sql<number>`sum(r.calls)`.as('calls')])
    .select([sql<number>`sum(r.sum_us)`.as('sum_us'), sql<number>`max(r.max_us)`.as('max_us')])
    .where('r.route', '!=', 0)
    .where('r.code', '=', 0)
    .where('r.status', '!=', 101)
    .groupBy(['r.route', 'r.service'])
    .orderBy(sql`1.0 * sum(r.sum_us) / sum(r.calls)`, 'desc')
    .limit(TOP)
    .execute();
}

function callersOf(db: ActivityDb, pieces: readonly Piece[]) {
  return joined(db, pieces)
    .select(['r.consumer', sql<number>`sum(r.calls)`.as('calls')])
    .select(sql<number>`sum(CASE WHEN r.outcome = ${sql.lit(TURNED_AWAY)} THEN r.calls ELSE 0 END)`.as('turned_away'))
    .groupBy('r.consumer')
    .orderBy('calls', 'desc')
    .limit(TOP)
    .execute();
}

function addressesOf(db: ActivityDb, pieces: readonly Piece[]) {
  return withPieces(
    db,
    pieces.map((piece) => ({ ...piece, bucket: 0 })),
  )
    .innerJoin('activity_address_rollups as r', (join) =>
      join.onRef('r.level', '=', 'p.level').onRef('r.start', '>=', 'p.from').onRef('r.start', '<', 'p.to'),
    )
    .select(['r.address', sql<number>`sum(r.calls)`.as('calls')])
    .select(sql<number>`sum(r.turned_away)`.as('turned_away'))
    .groupBy('r.address')
    .orderBy('calls', 'desc')
    .limit(TOP)
    .execute();
}

async function missingIn(db: ActivityDb, span: Span): Promise<number> {
  const row = await db
    .selectFrom('activity_gaps')
    .select(sql<number>`coalesce(sum(lost), 0)`.as('lost'))
    .where('time', '>=', span.from)
    .where('time', '<', span.to)
    .executeTakeFirstOrThrow();
  return row.lost;
}

const joined = (db: ActivityDb, pieces: readonly Piece[]) =>
  withPieces(
    db,
    pieces.map((piece) => ({ ...piece, bucket: 0 })),
  ).innerJoin('activity_rollups as r', (join) =>
    join.onRef('r.level', '=', 'p.level').onRef('r.start', '>=', 'p.from').onRef('r.start', '<', 'p.to'),
  );

type PieceRow = Piece & { bucket: number };

/** The pieces as a table of their own, so that one query walks all of them along the key of the roll-ups. */
function withPieces(db: ActivityDb, pieces: readonly PieceRow[]) {
  const rows = pieces.map((p) => sql`(${p.level}, ${p.from}, ${p.to}, ${p.bucket})`);
  return db.with('p(level, from, to, bucket)', () => sql<PieceRow>`(VALUES ${sql.join(rows)})`).selectFrom('p');
}

const iso = (time: number) => new Date(time).toISOString();
const round = (ms: number) => Math.round(ms * 1000) / 1000;
const TOP = 10;
const MAX_SPAN_MS = 1_100 * 86_400_000;
