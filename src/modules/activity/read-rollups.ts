import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { LEVELS_MS, type Piece } from './spans.ts';
import type { ActivityDb } from './tables.ts';

/** A piece of a span and the bucket of the picture that it belongs to. */
export type BucketPiece = Piece & { bucket: number };
/** Calls that are alike in all that a picture tells apart. */
export type Alike = {
  service: number;
  route: number;
  consumer: number;
  code: number;
  outcome: number;
  upgrade: number;
  calls: number;
  sum_us: number;
  max_us: number;
};

/** How many calls each bucket had, by outcome. */
export async function* bucketCounts(db: ActivityDb, pieces: readonly BucketPiece[], direction: number) {
  for (const part of portions(pieces)) {
    yield* await joined(db, part, direction)
      .select(['p.bucket', 'r.outcome', sql<number>`sum(r.calls)`.as('calls')])
      .groupBy(['p.bucket', 'r.outcome'])
      .execute();
    await nextTurn();
  }
}

/** The calls of the pieces, those that are alike summed up within each portion. */
export async function* alikeCalls(
  db: ActivityDb,
  pieces: readonly BucketPiece[],
  direction: number,
): AsyncGenerator<Alike> {
  for (const part of portions(pieces)) {
    yield* await joined(db, part, direction)
      .select(['r.service', 'r.route', 'r.consumer', 'r.code', 'r.outcome'])
      .select(sql<number>`r.status = 101`.as('upgrade'))
      .select([sql<number>`sum(r.calls)`.as('calls'), sql<number>`sum(r.sum_us)`.as('sum_us')])
      .select(sql<number>`max(r.max_us)`.as('max_us'))
      .groupBy(['r.service', 'r.route', 'r.consumer', 'r.code', 'r.outcome', 'upgrade'])
      .execute();
    await nextTurn();
  }
}

/** The addresses with most calls of each portion. Long spans have several portions; who is in none of their tops is left out. */
export async function* busyAddresses(db: ActivityDb, pieces: readonly BucketPiece[], direction: number) {
  for (const part of portions(pieces)) {
    yield* await joinedAddresses(db, part, direction)
      .select(['r.address', sql<number>`sum(r.calls)`.as('calls')])
      .select(sql<number>`sum(r.turned_away)`.as('turned_away'))
      .groupBy('r.address')
      .orderBy('calls', 'desc')
      .limit(TOP_OF_A_PORTION)
      .execute();
    await nextTurn();
  }
}

/** The pieces as a table of their own, so that one query walks all of them along the key of the roll-ups. */
function withPieces(db: ActivityDb, pieces: readonly BucketPiece[]) {
  const rows = pieces.map((p) => sql`(${p.level}, ${p.from}, ${p.to}, ${p.bucket})`);
  return db.with('p(level, from, to, bucket)', () => sql<BucketPiece>`(VALUES ${sql.join(rows)})`).selectFrom('p');
}

const joined = (db: ActivityDb, pieces: readonly BucketPiece[], direction: number) =>
  withPieces(db, pieces)
    .innerJoin('activity_rollups as r', (join) =>
      join.onRef('r.level', '=', 'p.level').onRef('r.start', '>=', 'p.from').onRef('r.start', '<', 'p.to'),
    )
    .where('r.direction', '=', direction);

const joinedAddresses = (db: ActivityDb, pieces: readonly BucketPiece[], direction: number) =>
  withPieces(db, pieces)
    .innerJoin('activity_address_rollups as r', (join) =>
      join.onRef('r.level', '=', 'p.level').onRef('r.start', '>=', 'p.from').onRef('r.start', '<', 'p.to'),
    )
    .where('r.direction', '=', direction);

/** Pieces in portions of which each is read in some ten milliseconds, so that others get their turn in between. */
function* portions(pieces: readonly BucketPiece[]): Generator<BucketPiece[]> {
  let portion: BucketPiece[] = [];
  let rows = 0;
  for (const piece of pieces) {
    const span = LEVELS_MS[piece.level] ?? 1;
    const rowsOfSpan = ROWS_OF_SPAN[piece.level] ?? 1;
    for (let from = piece.from; from < piece.to; ) {
      const fits = Math.max(1, Math.floor((ROWS_AT_ONCE - rows) / rowsOfSpan));
      const to = Math.min(piece.to, from + fits * span);
      portion.push({ ...piece, from, to });
      rows += ((to - from) / span) * rowsOfSpan;
      from = to;
      if (rows < ROWS_AT_ONCE) continue;
      yield portion;
      portion = [];
      rows = 0;
    }
  }
  if (portion.length > 0) yield portion;
}

/** How many rows a minute, an hour and a day have in a busy shop. */
const ROWS_OF_SPAN = [15, 200, 1_500];
const ROWS_AT_ONCE = 15_000;
const TOP_OF_A_PORTION = 1_000;
