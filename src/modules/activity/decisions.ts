import { sql } from 'kysely';
import type { PolicyDecision, RequestEvent } from '../../contracts/events/gateway-event.ts';
import type { ActivityDb, DecisionRow } from './tables.ts';
import type { WordKind, Words } from './words.ts';

type Said = { policy: string; decision: string; service: string | null; route: string | null; calls: number };

/** What policies decided, allowing aside. */
export type Decided = {
  /** By days (since 1970, UTC), complete; `known`: of callers whom the gateway knows. */
  counts: (Said & { day: number; known: boolean })[];
  /** Over all days, by caller and reason: what would have been stopped first, then the most frequent. */
  findings: (Said & {
    code: string | null;
    consumer: string | null;
    /** "body.note: maxLength"; null where the code says it all. */
    about: string | null;
    /** The reference of the latest of these calls. */
    latest: string;
  })[];
};

const DAY_MS = 86_400_000;
const MAX_ABOUT = 160;

const said = (event: RequestEvent) => event.decisions.filter(({ decision }) => decision !== 'allow');

/** Whether a protection that only watches would have stopped the call or changed its answer. */
export const wouldStop = ({ decisions }: RequestEvent) =>
  decisions.some(({ decision }) => decision === 'would-deny' || decision === 'would-change');

/** The first fault of what does not fit; such words come from the owner's own schema, so there are not many. */
function aboutOf({ places, detail }: PolicyDecision): string | null {
  if (places === undefined || places.length === 0) return null;
  const [first = ''] = (detail ?? '').split('; ');
  return first.replaceAll(/\[\d+\]/g, '[]').slice(0, MAX_ABOUT);
}

/** The texts that `addDecisions` needs numbers for. */
export function decisionWords(requests: readonly RequestEvent[], add: (kind: WordKind, text: string | null) => void) {
  for (const event of requests) {
    for (const decision of said(event)) {
      add('policy', decision.policy);
      add('code', decision.code ?? null);
      add('about', aboutOf(decision));
    }
  }
}

/** Adds what was decided about these calls to the roll-up of their days. */
export async function addDecisions(
  db: ActivityDb,
  requests: readonly RequestEvent[],
  idOf: (kind: WordKind, text: string) => number,
): Promise<void> {
  const word = (kind: WordKind, text: string | null | undefined) => (text == null ? 0 : idOf(kind, text));
  const rows = new Map<string, DecisionRow>();
  for (const event of requests) {
    for (const one of said(event)) {
      const place = {
        day: Math.floor(Date.parse(event.time) / DAY_MS),
        policy: word('policy', one.policy),
        service: word('service', event.service),
        route: word('route', event.route),
        code: word('code', one.code),
        decision: one.decision,
        consumer: word('consumer', event.consumer),
        about: word('about', aboutOf(one)),
      };
      const key = Object.values(place).join(' ');
      rows.set(key, { ...place, calls: (rows.get(key)?.calls ?? 0) + 1, latest: event.id });
    }
  }
  const all = [...rows.values()];
  for (let at = 0; at < all.length; at += ROWS_AT_ONCE) {
    await db
      .insertInto('activity_decisions')
      .values(all.slice(at, at + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'policy', 'service', 'route', 'code', 'decision', 'consumer', 'about'])
          .doUpdateSet((eb) => ({
            calls: eb('activity_decisions.calls', '+', eb.ref('excluded.calls')),
            latest: eb.ref('excluded.latest'),
          })),
      )
      .execute();
  }
}

/** What was decided from this day on (Unix milliseconds, whole days in UTC). */
export async function readDecisions(db: ActivityDb, words: Words, from: number): Promise<Decided> {
  const since = db.selectFrom('activity_decisions').where('day', '>=', Math.floor(from / DAY_MS));
  const counts = await since
    .select(['day', 'policy', 'decision', 'service', 'route'])
    .select([sql<number>`consumer != 0`.as('known'), sql<number>`sum(calls)`.as('calls')])
    .groupBy(['day', 'policy', 'decision', 'service', 'route', sql`consumer != 0`])
    .execute();
  const findings = await since
    .select(['policy', 'decision', 'service', 'route', 'code', 'consumer', 'about'])
    .select([sql<number>`sum(calls)`.as('calls'), sql<string>`max(latest)`.as('latest')])
    .groupBy(['policy', 'decision', 'service', 'route', 'code', 'consumer', 'about'])
    .orderBy(sql`decision IN ('would-deny', 'would-change')`, 'desc')
    .orderBy('calls', 'desc')
    .limit(MOST_FINDINGS)
    .execute();
  const ids = [...counts, ...findings].flatMap((row) => [row.policy, row.service, row.route]);
  const textOf = await words.texts(db, [...ids, ...findings.flatMap((row) => [row.code, row.consumer, row.about])]);
  const text = (id: number) => (id === 0 ? null : textOf(id));
  const place = (row: { policy: number; service: number; route: number }) => ({
    policy: textOf(row.policy),
    service: text(row.service),
    route: text(row.route),
  });
  return {
    counts: counts.map((row) => ({ ...row, ...place(row), known: row.known === 1 })),
    findings: findings.map((row) => ({
      ...{ ...row, ...place(row) },
      ...{ code: text(row.code), consumer: text(row.consumer), about: text(row.about) },
    })),
  };
}

const ROWS_AT_ONCE = 100;
/** Who is named; the counts are complete without it. */
const MOST_FINDINGS = 2_000;
