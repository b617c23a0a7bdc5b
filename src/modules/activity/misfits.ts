import { z } from 'zod';
import type { Misfit } from '../../contracts/api/misfits.ts';
import { PolicyDecision } from '../../contracts/events/gateway-event.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { ActivityTables } from './tables.ts';
import type { Words } from './words.ts';

/** So many of the latest calls are looked through: there is no index for this, and nobody reads more. */
const LATEST_CALLS = 20_000;
const MOST_DETAILS = 5;
const Decisions = z.array(PolicyDecision);

/** What, among the latest calls of a service, did not fit its API description; the route with the most first. */
export async function findMisfits(
  { database, words }: { database: Database; words: Words },
  service: string,
): Promise<Misfit[]> {
  const db = database.tables<ActivityTables>();
  const id = await words.find(db, 'service', service);
  const last = await db.selectFrom('activity_events').select('n').orderBy('n', 'desc').limit(1).executeTakeFirst();
  if (id === null || last === undefined) return [];
  const rows = await db
    .selectFrom('activity_events')
    .select(['route', 'decisions_text'])
    .where('n', '>', last.n - LATEST_CALLS)
    .where('service', '=', id)
    .where('decisions_text', 'is not', null)
    .orderBy('n', 'desc')
    .execute();
  const textOf = await words.texts(
    db,
    rows.map(({ route }) => route),
  );
  const found = new Map<string, { count: number; details: Set<string> }>();
  for (const { route, decisions_text } of rows) {
    const details = misfitsIn(decisions_text ?? '[]');
    if (route === null || details.length === 0) continue;
    const one = found.get(textOf(route)) ?? { count: 0, details: new Set<string>() };
    one.count += 1;
    for (const detail of details) if (one.details.size < MOST_DETAILS) one.details.add(detail);
    found.set(textOf(route), one);
  }
  return [...found]
    .map(([route, { count, details }]) => ({ route, count, details: [...details] }))
    .sort((a, b) => b.count - a.count || (a.route < b.route ? -1 : 1));
}

function misfitsIn(text: string): string[] {
  return Decisions.parse(JSON.parse(text)).flatMap(({ policy, decision, detail }) =>
    (policy === 'validate' && decision === 'would-deny') || (policy === 'answer-check' && decision === 'noticed')
      ? [detail ?? '']
      : [],
  );
}
