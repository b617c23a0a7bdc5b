import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestEvent, StreamEndEvent } from '../../contracts/events/gateway-event.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Database } from '../../storage/sql/database.ts';
import { addDecisions, decisionWords, wouldStop } from './decisions.ts';
import { directionNumber } from './direction.ts';
import type { Gap } from './gaps.ts';
import { readLines } from './lines.ts';
import { outcomeOf } from './outcome.ts';
import { addPersonalData } from './personal-data.ts';
import { type BatchPlan, planBatch } from './plan-batch.ts';
import { addBytesToRollups, addToRollups } from './rollups.ts';
import type { ActivityDb, ActivityTables, EventRow } from './tables.ts';
import type { WordKind, Words } from './words.ts';

export type IngestDeps = { database: Database; words: Words; clock: Clock; logger: Logger };
/** What became of a batch: how far this gateway's events are settled, and the calls stored now, with their rows. */
export type Ingested = { storedThrough: number; stored: { event: RequestEvent; n: number }[] };

/**
 * Stores a batch of spool lines of one gateway in one transaction: each event once, however often and in whatever cuts it is
 * sent; what is missing or unreadable as gaps; the roll-ups with it.
 */
export async function ingestBatch(deps: IngestDeps, gateway: string, body: Buffer): Promise<Ingested> {
  const lines = await readLines(body);
  let learnt: () => void = () => {};
  const result = await deps.database
    .tables<ActivityTables>()
    .transaction()
    .execute(async (db): Promise<Ingested> => {
      const position = await db
        .selectFrom('gateways_seq')
        .selectAll()
        .where('gateway', '=', gateway)
        .executeTakeFirst();
      const through = position?.through ?? 0;
      const known = await knownGaps(db, gateway, through, lines);
      const plan = planBatch(lines, through, known, deps.clock.now());
      await storeGaps(db, gateway, known, plan.gaps);
      if (plan.damaged > 0) {
        deps.logger.warn({ gateway, lines: plan.damaged }, 'unreadable event lines were counted as lost');
      }
      if (plan.through === through) return { storedThrough: through, stored: [] };
      const calls = await store(deps, db, gateway, plan);
      learnt = calls.commit;
      await db
        .insertInto('gateways_seq')
        .values({ gateway, through: plan.through })
        .onConflict((conflict) => conflict.column('gateway').doUpdateSet({ through: plan.through }))
        .execute();
      return { storedThrough: plan.through, stored: calls.stored };
    });
  learnt();
  return result;
}

async function store(deps: IngestDeps, db: ActivityDb, gateway: string, plan: BatchPlan) {
  const { requests } = plan;
  const today = Math.floor(Math.max(deps.clock.now(), ...latest(requests)) / DAY_MS);
  const words = await deps.words.resolve(db, wordsOf(gateway, requests), today);
  const rows = requests.map((event) => toRow(event, gateway, words.idOf));
  const first = await nextNumber(db);
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const part = rows.slice(at, at + ROWS_AT_ONCE).map((row, index) => ({ ...row, n: first + at + index }));
    await db.insertInto('activity_events').values(part).execute();
    // Others of this process get a turn; those who need the database wait for the end of the transaction.
    if (at % ROWS_A_TURN === 0) await nextTurn();
  }
  await addToRollups(db, rows);
  await addDecisions(db, requests, words.idOf);
  await addPersonalData(db, requests, words.idOf);
  for (const end of plan.ends) await endStream(deps, db, end);
  return { commit: words.commit, stored: requests.map((event, index) => ({ event, n: first + index })) };
}

/** Numbers are given here so that the live view knows the place of each call without reading it back. */
async function nextNumber(db: ActivityDb): Promise<number> {
  const last = await db.selectFrom('activity_events').select('n').orderBy('n', 'desc').limit(1).executeTakeFirst();
  return (last?.n ?? 0) + 1;
}

function latest(requests: readonly RequestEvent[]): number[] {
  const last = requests.reduce((time, event) => (event.time > time ? event.time : time), '');
  return last === '' ? [] : [Date.parse(last)];
}

function wordsOf(gateway: string, requests: readonly RequestEvent[]): Map<WordKind, Set<string>> {
  const words = new Map<WordKind, Set<string>>([['gateway', new Set([gateway])]]);
  const add = (kind: WordKind, text: string | null) => {
    if (text === null) return;
    const set = words.get(kind);
    if (set === undefined) words.set(kind, new Set([text]));
    else set.add(text);
  };
  for (const event of requests) {
    for (const kind of ['service', 'route', 'method', 'path', 'code', 'consumer', 'key', 'address'] as const) {
      add(kind, event[kind]);
    }
    if (decisionsRepeat(event)) add('decisions', JSON.stringify(event.decisions));
  }
  decisionWords(requests, add);
  return words;
}

/** Details may say something new each time, so decisions that have some are not kept as words. */
const decisionsRepeat = (event: RequestEvent) => event.decisions.every((decision) => decision.detail === undefined);

function toRow(
  event: RequestEvent,
  gateway: string,
  idOf: (kind: WordKind, text: string) => number,
): Omit<EventRow, 'n'> {
  const word = (kind: WordKind, text: string | null) => (text === null ? null : idOf(kind, text));
  const repeat = decisionsRepeat(event);
  return {
    id: event.id,
    time: Date.parse(event.time),
    outcome: outcomeOf(event),
    service: word('service', event.service),
    route: word('route', event.route),
    method: idOf('method', event.method),
    path: idOf('path', event.path),
    status: event.status,
    code: word('code', event.code),
    consumer: word('consumer', event.consumer),
    key: word('key', event.key),
    address: idOf('address', event.address),
    bytes_in: event.bytesIn,
    bytes_out: event.bytesOut,
    duration_us: Math.round(event.durationMs * 1000),
    upstream_us: event.upstreamMs === null ? null : Math.round(event.upstreamMs * 1000),
    aborted: event.aborted ?? null,
    ended: null,
    revision: event.revision,
    gateway: idOf('gateway', gateway),
    decisions: repeat ? idOf('decisions', JSON.stringify(event.decisions)) : null,
    decisions_text: repeat ? null : JSON.stringify(event.decisions),
    direction: directionNumber(event.direction),
    would: wouldStop(event) ? 1 : null,
    personal: event.personal === undefined ? null : JSON.stringify(event.personal),
  };
}

async function endStream(deps: IngestDeps, db: ActivityDb, end: StreamEndEvent): Promise<void> {
  const call = await db.selectFrom('activity_events').selectAll().where('id', '=', end.id).executeTakeFirst();
  if (call === undefined) {
    deps.logger.warn(
      { reference: end.id },
      'the end of a connection arrived whose beginning is not in the log any more',
    );
    return;
  }
  const duration = Math.round(end.durationMs * 1000);
  await db
    .updateTable('activity_events')
    .set({ bytes_in: end.bytesIn, bytes_out: end.bytesOut, duration_us: duration, ended: end.reason })
    .where('n', '=', call.n)
    .execute();
  await addBytesToRollups(db, call, end.bytesIn - call.bytes_in, end.bytesOut - call.bytes_out);
}

/** The gaps that a batch may touch: those it explains, and declared ones that lie ahead of what is stored. */
async function knownGaps(
  db: ActivityDb,
  gateway: string,
  through: number,
  lines: readonly { event: { type: string; from?: number } | null }[],
): Promise<(Gap & { n: number })[]> {
  const from = lines.flatMap(({ event }) => (event?.type === 'gap' && event.from !== undefined ? [event.from] : []));
  return await db
    .selectFrom('activity_gaps')
    .select(['n', 'first', 'last', 'lost', 'reason', 'time'])
    .where('gateway', '=', gateway)
    .where('last', '>=', Math.min(through, ...from))
    .execute();
}

/** Gaps are values: what is no longer among them is removed, what is new is added. */
async function storeGaps(
  db: ActivityDb,
  gateway: string,
  before: readonly (Gap & { n: number })[],
  after: readonly Gap[],
): Promise<void> {
  const kept = new Set(after);
  const gone = before.filter((gap) => !kept.has(gap)).map((gap) => gap.n);
  const had = new Set<Gap>(before);
  const added = after.filter((gap) => !had.has(gap));
  if (gone.length > 0) await db.deleteFrom('activity_gaps').where('n', 'in', gone).execute();
  for (const { first, last, lost, reason, time } of added) {
    await db.insertInto('activity_gaps').values({ gateway, first, last, lost, reason, time }).execute();
  }
}

const ROWS_AT_ONCE = 50;
const ROWS_A_TURN = 200;
const DAY_MS = 86_400_000;
