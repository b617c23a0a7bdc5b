import type { PersonalData } from '../../contracts/api/personal-data.ts';
import type { RequestEvent } from '../../contracts/events/gateway-event.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { ActivityDb, ActivityTables, PersonalRow } from './tables.ts';
import type { WordKind, Words } from './words.ts';

const DAY_MS = 86_400_000;
/** Kinds are named by the gateway; what is no name is not kept. */
const KIND = /^[A-Za-z]{1,40}$/;

/** Adds what the answers of a batch held to the sums of their days. Calls without a route belong to no API. */
export async function addPersonalData(
  db: ActivityDb,
  events: readonly RequestEvent[],
  idOf: (kind: WordKind, text: string) => number,
): Promise<void> {
  const rows = new Map<string, PersonalRow>();
  for (const { personal, service, route, time } of events) {
    if (personal === undefined || service === null || route === null) continue;
    const day = Math.floor(Date.parse(time) / DAY_MS) * DAY_MS;
    const place = { day, service: idOf('service', service), route: idOf('route', route) };
    for (const [kind, count] of Object.entries(personal)) {
      if (count <= 0 || !KIND.test(kind)) continue;
      const key = `${day} ${place.service} ${place.route} ${kind}`;
      const row = rows.get(key) ?? { ...place, kind, answers: 0, personal_values: 0 };
      row.answers += 1;
      row.personal_values += count;
      rows.set(key, row);
    }
  }
  for (const row of rows.values()) {
    await db
      .insertInto('activity_personal')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['day', 'service', 'route', 'kind']).doUpdateSet((eb) => ({
          answers: eb('activity_personal.answers', '+', eb.ref('excluded.answers')),
          personal_values: eb('activity_personal.personal_values', '+', eb.ref('excluded.personal_values')),
        })),
      )
      .execute();
  }
}

/** Which routes gave out which kinds in the last `days` days, today among them; the most frequent kind of a route first. */
export async function personalDataByRoute(
  { database, words, clock }: { database: Database; words: Words; clock: Clock },
  days: number,
): Promise<PersonalData[]> {
  const db = database.tables<ActivityTables>();
  const from = (Math.floor(clock.now() / DAY_MS) - days + 1) * DAY_MS;
  const rows = await db
    .selectFrom('activity_personal')
    .select((eb) => [
      'service',
      'route',
      'kind',
      eb.fn.sum<number>('answers').as('answers'),
      eb.fn.sum<number>('personal_values').as('values'),
    ])
    .where('day', '>=', from)
    .groupBy(['service', 'route', 'kind'])
    .orderBy('values', 'desc')
    .orderBy('kind')
    .execute();
  const textOf = await words.texts(
    db,
    rows.flatMap(({ service, route }) => [service, route]),
  );
  const routes = Map.groupBy(rows, ({ service, route }) => `${textOf(service)}\n${textOf(route)}`);
  return [...routes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, kinds]) => {
      const [service = '', route = ''] = place.split('\n');
      return { service, route, kinds: kinds.map(({ kind, answers, values }) => ({ kind, answers, values })) };
    });
}
