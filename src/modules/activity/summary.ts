import { sql } from 'kysely';
import type { ActivitySummary } from '../../contracts/api/activity.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Database } from '../../storage/sql/database.ts';
import { type Direction, directionNumber } from './direction.ts';
import { FAILED, LET_IN, TURNED_AWAY } from './outcome.ts';
import { type Alike, alikeCalls, type BucketPiece, bucketCounts, busyAddresses } from './read-rollups.ts';
import { minuteCeil, minuteFloor, piecesOf } from './spans.ts';
import type { ActivityDb, ActivityTables } from './tables.ts';
import type { Words } from './words.ts';

type Span = { from: number; to: number };
type Tally = { calls: number; turnedAway: number; sumUs: number; maxUs: number };

/**
 * The picture of a span, from roll-ups alone, so that its cost hangs on the length of the span and hardly on the traffic. The
 * span is widened to full minutes. Throws `AppError('span-invalid')`.
 */
export async function summarise(
  deps: { database: Database; words: Words },
  query: Span & { buckets: number; direction?: Direction },
): Promise<ActivitySummary> {
  const span = { from: minuteFloor(query.from), to: minuteCeil(query.to) };
  if (span.from >= span.to || span.to - span.from > MAX_SPAN_MS) {
    throw new AppError('span-invalid', 'The span must end after it begins and be three years long at most.', {
      status: 400,
      next: 'Choose another "from" and "to".',
    });
  }
  const db = deps.database.tables<ActivityTables>();
  const direction = directionNumber(query.direction);
  const whole = piecesOf(span.from, span.to).map((piece) => ({ ...piece, bucket: 0 }));
  const buckets = await bucketsOf(db, span, query.buckets, direction);
  const { reasons, routes, callers } = await talliesOf(db, whole, direction);
  const addresses = await addressesOf(db, whole, direction);
  const missing = await missingIn(db, span);
  const ids = [...reasons.keys(), ...callers.keys(), ...addresses.keys(), ...[...routes.keys()].flatMap(pairOf)];
  const text = await deps.words.texts(db, ids);
  const [letIn = 0, turnedAway = 0, failed = 0] = [LET_IN, TURNED_AWAY, FAILED].map((outcome) =>
    buckets.reduce((sum, bucket) => sum + (bucket.calls[outcome] ?? 0), 0),
  );
  return {
    from: iso(span.from),
    to: iso(span.to),
    ...{ total: letIn + turnedAway + failed, letIn, turnedAway, failed, missing },
    buckets: buckets.map(({ start, calls }) => ({
      start: iso(start),
      letIn: calls[LET_IN] ?? 0,
      turnedAway: calls[TURNED_AWAY] ?? 0,
      failed: calls[FAILED] ?? 0,
    })),
    reasons: top(reasons, byCalls).map(([code, { calls }]) => ({ code: text(code), count: calls })),
    slowest: top(routes, (tally) => tally.sumUs / tally.calls).map(([pair, tally]) => {
      const [service = 0, route = 0] = pairOf(pair);
      const meanMs = round(tally.sumUs / tally.calls / 1000);
      return {
        route: text(route),
        service: text(service),
        count: tally.calls,
        meanMs,
        maxMs: round(tally.maxUs / 1000),
      };
    }),
    topCallers: top(callers, byCalls).map(([consumer, tally]) => ({
      consumer: consumer === 0 ? null : text(consumer),
      count: tally.calls,
      turnedAway: tally.turnedAway,
    })),
    topAddresses: top(addresses, byCalls).map(([address, tally]) => ({
      address: text(address),
      count: tally.calls,
      turnedAway: tally.turnedAway,
    })),
  };
}

/** Buckets begin at full minutes; the last one may be shorter. */
async function bucketsOf(db: ActivityDb, span: Span, count: number, direction: number) {
  const width = minuteCeil((span.to - span.from) / count);
  const buckets: { start: number; calls: number[] }[] = [];
  for (let start = span.from; start < span.to; start += width) buckets.push({ start, calls: [0, 0, 0] });
  const pieces = buckets.flatMap(({ start }, bucket) =>
    piecesOf(start, Math.min(start + width, span.to)).map((piece) => ({ ...piece, bucket })),
  );
  for await (const row of bucketCounts(db, pieces, direction)) {
    const calls = buckets[row.bucket]?.calls;
    if (calls !== undefined) calls[row.outcome] = (calls[row.outcome] ?? 0) + row.calls;
  }
  return buckets;
}

async function talliesOf(db: ActivityDb, pieces: readonly BucketPiece[], direction: number) {
  const reasons = new Map<number, Tally>();
  const routes = new Map<string, Tally>();
  const callers = new Map<number, Tally>();
  for await (const row of alikeCalls(db, pieces, direction)) {
    if (row.code !== 0) add(reasons, row.code, row);
    // What the gateway answered itself says nothing about how fast a route is, nor does an upgrade's handshake.
    else if (row.route !== 0 && row.upgrade === 0) add(routes, `${row.service} ${row.route}`, row);
    add(callers, row.consumer, row);
  }
  return { reasons, routes, callers };
}

async function addressesOf(db: ActivityDb, pieces: readonly BucketPiece[], direction: number) {
  const addresses = new Map<number, Tally>();
  for await (const row of busyAddresses(db, pieces, direction)) {
    const known = addresses.get(row.address) ?? { calls: 0, turnedAway: 0, sumUs: 0, maxUs: 0 };
    known.calls += row.calls;
    known.turnedAway += row.turned_away;
    addresses.set(row.address, known);
  }
  return addresses;
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

function add<K>(tallies: Map<K, Tally>, key: K, row: Alike): void {
  const tally = tallies.get(key) ?? { calls: 0, turnedAway: 0, sumUs: 0, maxUs: 0 };
  tally.calls += row.calls;
  if (row.outcome === TURNED_AWAY) tally.turnedAway += row.calls;
  tally.sumUs += row.sum_us;
  tally.maxUs = Math.max(tally.maxUs, row.max_us);
  tallies.set(key, tally);
}

const top = <K>(tallies: ReadonlyMap<K, Tally>, worth: (tally: Tally) => number) =>
  [...tallies].sort(([, a], [, b]) => worth(b) - worth(a)).slice(0, TOP);
const byCalls = (tally: Tally) => tally.calls;
const pairOf = (pair: string) => pair.split(' ').map(Number);
const iso = (time: number) => new Date(time).toISOString();
const round = (ms: number) => Math.round(ms * 1000) / 1000;
const TOP = 10;
const MAX_SPAN_MS = 1_100 * 86_400_000;
