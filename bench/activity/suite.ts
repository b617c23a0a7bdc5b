import { statSync } from 'node:fs';
import { join } from 'node:path';
import { activityMigrations, createActivity } from '../../src/modules/activity/index.ts';
import { EventBus } from '../../src/platform/event-bus.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { Database } from '../../src/storage/sql/database.ts';
import { migrate } from '../../src/storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../src/storage/sql/sqlite/open.ts';
import { quantile } from '../measure/statistics.ts';
import { removeFolder, temporaryFolder } from '../processes.ts';
import type { Section, Suite } from '../suite.ts';
import { measureIngest } from './ingest-rate.ts';
import { makeYear, type Year } from './make-year.ts';
import { type Question, questions } from './questions.ts';
import { seeded } from './traffic-shape.ts';

const PROMISED_MS = 300;
const PROMISED_PER_SECOND = 5_000;
const RUNS = 60;
const END = Date.UTC(2026, 5, 30, 12);

type Answered = { label: string; promised: boolean; p50: number; p95: number; max: number };

/** How fast a year's record answers. `NIGHTLATCH_BENCH_CALLS` makes the year smaller; the promise is for 10 million. */
export const activitySuite: Suite = {
  title: 'A year of calls: search, pictures, taking in',
  needs: [],
  run: () => run({ calls: Number(process.env.NIGHTLATCH_BENCH_CALLS ?? 10_000_000) }),
};

export async function run({ calls }: { calls: number }): Promise<readonly Section[]> {
  const folder = temporaryFolder();
  const file = join(folder, 'year.db');
  try {
    process.stdout.write(`Making a database of ${calls.toLocaleString('en')} calls\n`);
    const year = await makeYear(file, calls, END);
    const bytes = statSync(file).size;
    const database = openSqlite(file);
    try {
      await migrate(database, activityMigrations, { clock: { now: () => END }, backupFile: () => `${file}.never` });
      const activity = createActivity({
        database,
        clock: { now: () => END },
        logger: createLogger('bench'),
        bus: new EventBus((error) => {
          throw error;
        }),
        lookups: { routeScopes: async () => [], keyScopes: async () => [] },
      });
      const random = seeded(99);
      const asked = questions(END, random, await someReferences(database, calls, random));
      const answered: Answered[] = [];
      for (const question of asked) answered.push(await time(question, () => question.ask(activity)));
      const ingest = await measureIngest(activity, END);
      return [section(year, bytes, answered, ingest)];
    } finally {
      await database.close();
    }
  } finally {
    removeFolder(folder);
  }
}

async function time(question: Question, ask: () => Promise<unknown>): Promise<Answered> {
  const times: number[] = [];
  for (let at = 0; at < RUNS; at += 1) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const { label, promised } = question;
  return { label, promised, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: quantile(sorted, 1) };
}

async function someReferences(database: Database, calls: number, random: () => number): Promise<string[]> {
  const db = database.tables<{ activity_events: { n: number; id: string } }>();
  const wanted = Array.from({ length: 100 }, () => 1 + Math.floor(random() * calls));
  const rows = await db.selectFrom('activity_events').select('id').where('n', 'in', wanted).execute();
  return rows.map((row) => row.id);
}

function section(
  year: Year,
  bytes: number,
  answered: readonly Answered[],
  ingest: { perSecond: number; longestBlockMs: number },
): Section {
  const worst = Math.max(...answered.filter((one) => one.promised).map((one) => one.p95));
  const ms = (value: number) => value.toFixed(1);
  const millions = (year.calls / 1e6).toFixed(1);
  return {
    id: 'activity',
    title: `A year's record of ${millions} million calls (${(bytes / 1e9).toFixed(2)} GB)`,
    notes: [
      `Made in ${year.insertSeconds.toFixed(0)} s (rows) and ${year.indexSeconds.toFixed(0)} s (indexes).`,
      `${RUNS} questions of each kind with changing values, through the product's own service; * has a promise.`,
      `Taking in: batches of 1,000 lines into the full database; the event loop was never held longer than ${ms(ingest.longestBlockMs)} ms.`,
    ],
    table: {
      columns: ['question', 'p50 ms', 'p95 ms', 'longest ms'],
      rows: answered.map((one) => [
        one.promised ? `${one.label} *` : one.label,
        ...[one.p50, one.p95, one.max].map(ms),
      ]),
    },
    verdicts: [
      {
        promise: `search with any single filter and the day's picture under ${PROMISED_MS} ms`,
        measured: `p95 of the slowest ${ms(worst)} ms`,
        kept: worst < PROMISED_MS,
      },
      {
        promise: `at least ${PROMISED_PER_SECOND.toLocaleString('en')} calls taken in per second`,
        measured: Math.round(ingest.perSecond).toLocaleString('en'),
        kept: ingest.perSecond >= PROMISED_PER_SECOND,
      },
    ],
    data: { year, bytes, answered, ingest },
  };
}
