import { setTimeout as pause } from 'node:timers/promises';
import { type SqlBool, sql } from 'kysely';
import type { Database } from '../../storage/sql/database.ts';
import { LEVELS_MS } from './spans.ts';
import type { ActivityDb, ActivityTables } from './tables.ts';
import type { WordKind, Words } from './words.ts';

/** How many days calls (with the addresses that made them) and pictures are kept. */
export type Retention = { callDays: number; pictureDays: number };
export const DEFAULT_RETENTION: Retention = { callDays: 400, pictureDays: 3 * 366 };
export type Removed = { calls: number; rollups: number; words: number };

/**
 * Removes what is too old, a few hundred rows at a time with a rest after each, so that neither requests nor events wait for it.
 * Addresses go with the calls: their roll-ups and words are not kept longer. Ends early when `signal` is aborted.
 */
export async function removeOld(
  deps: { database: Database; words: Words },
  retention: Retention,
  now: number,
  signal: AbortSignal,
): Promise<Removed> {
  const db = deps.database.tables<ActivityTables>();
  const oldestCall = now - retention.callDays * DAY_MS;
  const oldestPicture = now - retention.pictureDays * DAY_MS;
  const removed: Removed = { calls: 0, rollups: 0, words: 0 };
  removed.calls = await inSteps(signal, () => removeCalls(db, oldestCall));
  await inSteps(signal, () => removeGaps(db, oldestPicture));
  for (const level of LEVELS_MS.keys()) {
    removed.rollups += await inSteps(signal, () => removeRollups(db, 'activity_rollups', level, oldestPicture));
    removed.rollups += await inSteps(signal, () => removeRollups(db, 'activity_address_rollups', level, oldestCall));
  }
  removed.rollups += await inSteps(signal, () => removeDecisions(db, Math.floor(oldestPicture / DAY_MS)));
  // One row for each day, route and kind: few enough to go at once.
  await db.deleteFrom('activity_personal').where('day', '<', oldestPicture).execute();
  removed.words += await inSteps(signal, () => removeWords(db, CALL_WORDS, oldestCall));
  removed.words += await inSteps(signal, () => removeWords(db, PICTURE_WORDS, oldestPicture));
  if (removed.words > 0) deps.words.forget();
  return removed;
}

async function inSteps(signal: AbortSignal, step: () => Promise<number>): Promise<number> {
  let total = 0;
  while (!signal.aborted) {
    const count = await step();
    total += count;
    if (count < ROWS_A_STEP) break;
    await pause(REST_MS);
  }
  return total;
}

async function removeCalls(db: ActivityDb, before: number): Promise<number> {
  const old = db.selectFrom('activity_events').select('n').where('time', '<', before).limit(ROWS_A_STEP);
  const result = await db.deleteFrom('activity_events').where('n', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}

async function removeGaps(db: ActivityDb, before: number): Promise<number> {
  const old = db.selectFrom('activity_gaps').select('n').where('time', '<', before).limit(ROWS_A_STEP);
  const result = await db.deleteFrom('activity_gaps').where('n', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Whole spans from the oldest on: as far as `ROWS_A_STEP` rows reach. */
async function removeRollups(
  db: ActivityDb,
  table: 'activity_rollups' | 'activity_address_rollups',
  level: number,
  before: number,
): Promise<number> {
  const oldest = await db
    .selectFrom(table)
    .select('start')
    .where('level', '=', level)
    .where('start', '<', before - (LEVELS_MS[level] ?? 0))
    .orderBy('start')
    .limit(ROWS_A_STEP)
    .execute();
  const last = oldest.at(-1);
  if (last === undefined) return 0;
  const result = await db
    .deleteFrom(table)
    .where('level', '=', level)
    .where('start', '<=', last.start)
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** One day at a time. */
async function removeDecisions(db: ActivityDb, before: number): Promise<number> {
  const oldest = await db.selectFrom('activity_decisions').select('day').orderBy('day').limit(1).executeTakeFirst();
  if (oldest === undefined || oldest.day >= before) return 0;
  const result = await db.deleteFrom('activity_decisions').where('day', '=', oldest.day).executeTakeFirst();
  // A day may be small, and the next one too old as well.
  return Math.max(Number(result.numDeletedRows), ROWS_A_STEP);
}

async function removeWords(db: ActivityDb, kinds: readonly WordKind[], before: number): Promise<number> {
  // A day of slack, as a word's day is counted in whole days.
  const old = db
    .selectFrom('activity_words')
    .select('id')
    .where('kind', 'in', kinds)
    .where(sql<SqlBool>`last_day < ${Math.floor(before / DAY_MS) - 1}`)
    .limit(ROWS_A_STEP);
  const result = await db.deleteFrom('activity_words').where('id', 'in', old).executeTakeFirst();
  return Number(result.numDeletedRows);
}

const CALL_WORDS = ['address', 'path', 'key', 'gateway', 'decisions', 'method'] as const;
const PICTURE_WORDS = ['service', 'route', 'consumer', 'code', 'policy', 'about'] as const;
const DAY_MS = 86_400_000;
const ROWS_A_STEP = 500;
const REST_MS = 20;
