import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { ActivityPage, ActivityQuery } from '../../contracts/api/activity.ts';
import type { Database } from '../../storage/sql/database.ts';
import { directionNumber } from './direction.ts';
import { OUTCOMES } from './outcome.ts';
import { cursorToPlace, type Place, placeToCursor, presentRows } from './present.ts';
import type { ActivityDb, ActivityTables, EventRow } from './tables.ts';
import type { WordKind, Words } from './words.ts';

type Column = 'would' | 'direction' | 'outcome' | 'status' | 'method' | 'address' | 'route' | 'consumer' | 'code';
type Filter = { column: Column; value: number };
type Span = { from: number; to: number };

/**
 * A page of calls, newest first. One filter is answered straight from its index. Of several, the rarest leads and the others
 * are looked at row by row, in steps between which others get their turn; when a page is not full after `STEP_LIMIT` steps it is
 * given out short, with the place to go on at.
 */
export async function searchCalls(
  deps: { database: Database; words: Words },
  query: ActivityQuery,
): Promise<ActivityPage> {
  const db = deps.database.tables<ActivityTables>();
  const filters = await filtersOf(db, deps.words, query);
  if (filters === null) return { events: [], next: null };
  const span = spanOf(query);
  let place: Place | null = query.before === undefined ? null : cursorToPlace(query.before);
  const rows: EventRow[] = [];
  for (let step = 0; step < STEP_LIMIT; step += 1) {
    const { ordered, floor } = await nextStep(db, filters, span, place);
    rows.push(...(await readStep(db, ordered, span, place, floor, query.limit + 1 - rows.length)));
    if (rows.length > query.limit || floor === null) return await page(deps, db, rows, query.limit, null);
    place = floor;
    await nextTurn();
  }
  return await page(deps, db, rows, query.limit, place);
}

async function page(
  deps: { words: Words },
  db: ActivityDb,
  rows: readonly EventRow[],
  limit: number,
  goOn: Place | null,
): Promise<ActivityPage> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : goOn;
  return { events: await presentRows(db, deps.words, shown), next: last == null ? null : placeToCursor(last) };
}

/** null when some filter names what no call has. */
async function filtersOf(db: ActivityDb, words: Words, query: ActivityQuery): Promise<Filter[] | null> {
  const filters: Filter[] = [];
  if (query.direction !== 'all') filters.push({ column: 'direction', value: directionNumber(query.direction) });
  if (query.outcome === 'would-stop') filters.push({ column: 'would', value: 1 });
  else if (query.outcome !== 'all') filters.push({ column: 'outcome', value: OUTCOMES.indexOf(query.outcome) });
  if (query.status !== undefined) filters.push({ column: 'status', value: query.status });
  for (const column of ['code', 'consumer', 'address', 'route', 'method'] as const satisfies WordKind[]) {
    const text = query[column];
    if (text === undefined) continue;
    const value = await words.find(db, column, text);
    if (value === null) return null;
    filters.push({ column, value });
  }
  return filters;
}

function spanOf(query: ActivityQuery): Span {
  return {
    from: query.from === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(query.from),
    to: query.to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(query.to),
  };
}

type Step = { ordered: readonly Filter[]; floor: Place | null };

/**
 * Which filter leads from here on, and how far its next `STEP_ROWS` calls reach: the rarest is the one whose calls reach
 * farthest back. A single filter, or none, needs no steps.
 */
async function nextStep(db: ActivityDb, filters: readonly Filter[], span: Span, place: Place | null): Promise<Step> {
  if (filters.length < 2) return { ordered: filters, floor: null };
  let best: Step | null = null;
  for (const filter of filters) {
    const floor = await stepEnd(db, filter, span, place);
    const isRarer = best === null || floor === null || (best.floor !== null && floor.time < best.floor.time);
    if (isRarer) best = { ordered: [filter, ...filters.filter((other) => other !== filter)], floor };
    if (floor === null) break;
  }
  return best ?? { ordered: filters, floor: null };
}

/** The place `STEP_ROWS` calls of the leading filter further on; null when there are no more than that. */
async function stepEnd(db: ActivityDb, filter: Filter, span: Span, place: Place | null): Promise<Place | null> {
  const row = await db
    .selectFrom('activity_events')
    .select(['time', 'n'])
    .where((eb) => within(eb, [filter], span, place))
    .orderBy('time', 'desc')
    .orderBy('n', 'desc')
    .limit(1)
    .offset(STEP_ROWS - 1)
    .executeTakeFirst();
  return row ?? null;
}

async function readStep(
  db: ActivityDb,
  ordered: readonly Filter[],
  span: Span,
  place: Place | null,
  floor: Place | null,
  limit: number,
): Promise<EventRow[]> {
  let select = db
    .selectFrom('activity_events')
    .selectAll()
    .where((eb) => within(eb, ordered, span, place));
  if (floor !== null) {
    select = select
      .where('time', '>=', floor.time)
      .where((eb) => eb.or([eb('time', '>', floor.time), eb('n', '>=', floor.n)]));
  }
  return await select.orderBy('time', 'desc').orderBy('n', 'desc').limit(limit).execute();
}

/** The first filter leads; the unary plus keeps the planner from choosing the index of another. */
function within(
  eb: ExpressionBuilder<ActivityTables, 'activity_events'>,
  ordered: readonly Filter[],
  span: Span,
  place: Place | null,
) {
  const [leading, ...others] = ordered;
  const parts = [
    ...(leading === undefined ? [] : [leadingPart(eb, leading)]),
    ...others.map(({ column, value }) => sql<SqlBool>`+${sql.ref(column)} = ${value}`),
    eb('time', '>=', span.from),
  ];
  if (place === null || place.time >= span.to) parts.push(eb('time', '<', span.to));
  else {
    parts.push(eb('time', '<=', place.time));
    parts.push(eb.or([eb('time', '<', place.time), sql<SqlBool>`+n < ${place.n}`]));
  }
  return eb.and(parts);
}

/** The indexes of outbound calls and of those that would be stopped hold only them, which the planner sees by a number that is written out. */
function leadingPart(eb: ExpressionBuilder<ActivityTables, 'activity_events'>, { column, value }: Filter) {
  const isPartial = column === 'direction' || column === 'would';
  return isPartial ? sql<SqlBool>`${sql.ref(column)} = ${sql.lit(value)}` : eb(column, '=', value);
}

const STEP_ROWS = 4_000;
const STEP_LIMIT = 250;
