import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { PolicyDecision } from '../../contracts/events/gateway-event.ts';
import type { Foresight, RecordedCall } from '../../contracts/events/recorded-call.ts';
import type { Database } from '../../storage/sql/database.ts';
import { TURNED_AWAY } from './outcome.ts';
import { LEVELS_MS } from './spans.ts';
import type { ActivityDb, ActivityTables, EventRow } from './tables.ts';
import type { Words } from './words.ts';

type Span = { from: number; to: number };
type Deps = { database: Database; words: Words };

/**
 * Shows a foresight what was recorded in [from, to): the newest `mostCalls` calls one by one in the order of their time, what is
 * older by its roll-ups, so that the work stays bounded. Others of this process get their turn in between; ends early when
 * `signal` is aborted.
 */
export async function replayCalls(
  deps: Deps,
  span: Span,
  foresight: Foresight,
  signal: AbortSignal,
  mostCalls = MOST_CALLS,
): Promise<void> {
  const db = deps.database.tables<ActivityTables>();
  const from = await beginning(db, span, mostCalls);
  if (from > span.from) {
    await replayRollups(deps, db, { from: span.from, to: from }, foresight, signal);
  }
  await replayRows(deps, db, { from, to: span.to }, foresight, signal);
}

/** From when on calls are looked at one by one: the whole span, or the first full hour of the newest ones. */
async function beginning(db: ActivityDb, span: Span, mostCalls: number): Promise<number> {
  const first = await db
    .selectFrom('activity_events')
    .select('time')
    .where('time', '>=', span.from)
    .where('time', '<', span.to)
    .orderBy('time', 'desc')
    .limit(1)
    .offset(mostCalls)
    .executeTakeFirst();
  return first === undefined ? span.from : Math.min(span.to, Math.ceil((first.time + 1) / HOUR_MS) * HOUR_MS);
}

async function replayRows(deps: Deps, db: ActivityDb, span: Span, foresight: Foresight, signal: AbortSignal) {
  const heard = new Map<number, RecordedCall['wouldDeny']>();
  let at = { time: span.from, n: -1 };
  while (!signal.aborted) {
    const rows = await db
      .selectFrom('activity_events')
      .selectAll()
      .where(sql<boolean>`(time, n) > (${at.time}, ${at.n})`)
      .where('time', '<', span.to)
      .orderBy('time')
      .orderBy('n')
      .limit(ROWS_AT_ONCE)
      .execute();
    const textOf = await deps.words.texts(db, rows.flatMap(wordsOf));
    for (const row of rows) foresight.add(toCall(row, textOf, heard));
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_AT_ONCE) return;
    at = { time: last.time, n: last.n };
    await nextTurn();
  }
}

const wordsOf = (row: EventRow) => [
  ...[row.service, row.route, row.method, row.path, row.code, row.consumer, row.key, row.address, row.decisions],
];

function toCall(
  row: EventRow,
  textOf: (id: number) => string,
  heard: Map<number, RecordedCall['wouldDeny']>,
): RecordedCall {
  const word = (id: number | null) => (id === null ? null : textOf(id));
  return {
    time: row.time,
    service: word(row.service),
    route: word(row.route),
    method: textOf(row.method),
    path: textOf(row.path),
    status: row.status,
    code: word(row.code),
    consumer: word(row.consumer),
    key: word(row.key),
    address: textOf(row.address),
    bytesIn: row.bytes_in,
    wouldDeny: heardOf(row, textOf, heard),
  };
}

function heardOf(
  row: EventRow,
  textOf: (id: number) => string,
  heard: Map<number, RecordedCall['wouldDeny']>,
): RecordedCall['wouldDeny'] {
  if (row.decisions === null) return wouldDeny(row.decisions_text ?? '');
  const known = heard.get(row.decisions);
  if (known !== undefined) return known;
  const found = wouldDeny(textOf(row.decisions));
  heard.set(row.decisions, found);
  return found;
}

const NOTHING: RecordedCall['wouldDeny'] = [];

/** Most decisions hold nothing of the kind, and reading each would take longer than all the rest. */
function wouldDeny(text: string): RecordedCall['wouldDeny'] {
  if (!text.includes('"would-deny"')) return NOTHING;
  const decisions = JSON.parse(text) as PolicyDecision[];
  return decisions
    .filter(({ decision }) => decision === 'would-deny')
    .map(({ policy, code }) => ({ policy, code: code ?? '' }));
}

async function replayRollups(deps: Deps, db: ActivityDb, span: Span, foresight: Foresight, signal: AbortSignal) {
  const level = foresight.needsMinutes ? 0 : 1;
  const spanMs = LEVELS_MS[level] ?? HOUR_MS;
  const step = level === 0 ? HOUR_MS : DAY_MS;
  // A span that does not begin with a full hour loses what came before the first.
  for (let from = Math.ceil(span.from / HOUR_MS) * HOUR_MS; from < span.to && !signal.aborted; from += step) {
    const to = Math.min(span.to, from + step);
    const rows = await db
      .selectFrom('activity_rollups')
      .select(['start', 'service', 'route', 'consumer', sql<number>`sum(calls)`.as('calls')])
      .where('level', '=', level)
      .where('start', '>=', from)
      .where('start', '<', to)
      .where('outcome', '!=', TURNED_AWAY)
      .where('route', '!=', 0)
      .groupBy(['start', 'service', 'route', 'consumer'])
      .orderBy('start')
      .execute();
    const textOf = await deps.words.texts(
      db,
      rows.flatMap((row) => [row.service, row.route, row.consumer]),
    );
    for (const { start, service, route, consumer, calls } of rows) {
      const who = consumer === 0 ? null : textOf(consumer);
      foresight.addAlike({ start, spanMs, service: textOf(service), route: textOf(route), consumer: who, calls });
    }
    await replayAddresses(deps, db, { from, to }, foresight);
    await nextTurn();
  }
}

async function replayAddresses(deps: Deps, db: ActivityDb, { from, to }: Span, foresight: Foresight) {
  const rows = await db
    .selectFrom('activity_address_rollups')
    .select(['start', 'address', 'calls', 'turned_away'])
    .where('level', '=', 1)
    .where('start', '>=', from)
    .where('start', '<', to)
    .execute();
  const textOf = await deps.words.texts(
    db,
    rows.map(({ address }) => address),
  );
  for (const row of rows) {
    const calls = row.calls - row.turned_away;
    if (calls > 0) foresight.addAddress({ start: row.start, spanMs: HOUR_MS, address: textOf(row.address), calls });
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ROWS_AT_ONCE = 1_000;
/** Read and judged in some ten seconds on a small machine. */
const MOST_CALLS = 300_000;
