import { sql } from 'kysely';
import type { ActivityDetail } from '../../contracts/api/activity.ts';
import type { PolicyDecision } from '../../contracts/events/gateway-event.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Database } from '../../storage/sql/database.ts';
import { presentRows } from './present.ts';
import type { ActivityDb, ActivityTables, EventRow } from './tables.ts';
import type { Words } from './words.ts';

/** What other slices know today about the route and the key of a recorded call; empty when they are gone. */
export type DetailLookups = {
  routeScopes(service: string, route: string): Promise<readonly string[]>;
  keyScopes(key: string): Promise<readonly string[]>;
};

/** Everything about the call with this reference, in whatever capitals and with spaces around. Throws `AppError('call-unknown')`. */
export async function findCall(
  deps: { database: Database; words: Words; lookups: DetailLookups },
  reference: string,
): Promise<ActivityDetail> {
  const db = deps.database.tables<ActivityTables>();
  const row = await db
    .selectFrom('activity_events')
    .selectAll()
    .where('id', '=', reference.trim())
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const [shown] = row === undefined ? [] : await presentRows(db, deps.words, [row]);
  if (row === undefined || shown === undefined) {
    throw new AppError('call-unknown', 'No recorded call has this reference.', {
      status: 404,
      next: 'Check it for typing errors. Calls of the last seconds may still be on their way; very old ones are removed.',
    });
  }
  const textOf = await deps.words.texts(db, [row.gateway, row.decisions]);
  const decisions = row.decisions === null ? row.decisions_text : textOf(row.decisions);
  return {
    ...shown,
    decisions: JSON.parse(decisions || '[]') as PolicyDecision[],
    personal: row.personal === null ? {} : (JSON.parse(row.personal) as Record<string, number>),
    revision: row.revision,
    gateway: textOf(row.gateway),
    aborted: row.aborted,
    ended: row.ended,
    neededScopes:
      shown.service === null || shown.route === null
        ? []
        : [...(await deps.lookups.routeScopes(shown.service, shown.route))],
    keyScopes: shown.key === null ? [] : [...(await deps.lookups.keyScopes(shown.key))],
    similarLastDay: await similarBefore(db, row),
  };
}

/** Calls with the same code of the same caller, or of the same address when there is no caller. Looks at `LOOK_BACK` at most. */
async function similarBefore(db: ActivityDb, call: EventRow): Promise<number> {
  const caller = call.consumer === null ? 'address' : 'consumer';
  const recent = db
    .selectFrom('activity_events')
    .select('code')
    .where(caller, '=', call[caller])
    .where('time', '>=', call.time - DAY_MS)
    .where('time', '<=', call.time)
    .where('n', '!=', call.n)
    .orderBy('time', 'desc')
    .limit(LOOK_BACK)
    .as('recent');
  const row = await db
    .selectFrom(recent)
    .select(sql<number>`count(*)`.as('calls'))
    .where('code', 'is', call.code)
    .executeTakeFirstOrThrow();
  return row.calls;
}

const DAY_MS = 86_400_000;
const LOOK_BACK = 10_000;
