import type { ActivityDetail, ActivityPage, ActivityQuery, ActivitySummary } from '../../contracts/api/activity.ts';
import type { Misfit } from '../../contracts/api/misfits.ts';
import type { PersonalData } from '../../contracts/api/personal-data.ts';
import type { Announcements } from '../../contracts/events/announcements.ts';
import type { RequestEvent } from '../../contracts/events/gateway-event.ts';
import type { Foresight } from '../../contracts/events/recorded-call.ts';
import type { Clock } from '../../platform/clock.ts';
import type { EventBus } from '../../platform/event-bus.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Database } from '../../storage/sql/database.ts';
import { type Decided, readDecisions } from './decisions.ts';
import { type DetailLookups, findCall } from './detail.ts';
import type { Direction } from './direction.ts';
import { ingestBatch } from './ingest.ts';
import { LiveCalls } from './live.ts';
import { findMisfits } from './misfits.ts';
import { personalDataByRoute } from './personal-data.ts';
import { presentEvent } from './present.ts';
import { replayCalls } from './replay.ts';
import { DEFAULT_RETENTION, type Removed, type Retention, removeOld } from './retention.ts';
import { searchCalls } from './search.ts';
import { summarise } from './summary.ts';
import type { ActivityTables } from './tables.ts';
import { Words } from './words.ts';

export type ActivityDeps = {
  database: Database;
  clock: Clock;
  logger: Logger;
  bus: EventBus<Announcements>;
  /** Asked for the detail of one call; see inventory's `routeScopes` and vault's `keyScopes`. */
  lookups: DetailLookups;
};

/** What the gateways recorded. */
export type Activity = {
  readonly live: LiveCalls;
  /** Stores a batch of spool lines; answers how far this gateway's events are settled. Never throws for what stands in it. */
  ingest(gateway: string, body: Buffer): Promise<{ storedThrough: number }>;
  search(query: ActivityQuery): Promise<ActivityPage>;
  /** Throws `AppError('call-unknown')`. */
  find(reference: string): Promise<ActivityDetail>;
  /** `from` and `to` in Unix milliseconds; of calls that came in unless said otherwise. Throws `AppError('span-invalid')`. */
  summary(query: { from: number; to: number; buckets: number; direction?: Direction }): Promise<ActivitySummary>;
  /** What policies decided since then (Unix milliseconds, in whole days), allowing aside. */
  decisions(from: number): Promise<Decided>;
  /** Which routes gave out personal data of which kinds in the last `days` days. */
  personalData(days: number): Promise<PersonalData[]>;
  /** What, among the latest calls of a service, did not fit its API description. */
  misfits(service: string): Promise<Misfit[]>;
  /** Shows what was recorded in [from, to), Unix milliseconds, to a foresight; ends early when `signal` is aborted. */
  replay(span: { from: number; to: number }, foresight: Foresight, signal: AbortSignal): Promise<void>;
  /** Removes what is too old; ends early when `signal` is aborted. */
  removeOld(signal: AbortSignal, retention?: Retention): Promise<Removed>;
};

export function createActivity(deps: ActivityDeps): Activity {
  const words = new Words();
  const live = new LiveCalls();
  const parts = { ...deps, words };
  return {
    live,
    async ingest(gateway, body) {
      const { storedThrough, stored } = await ingestBatch(parts, gateway, body);
      if (stored.length > 0) {
        const uses = keyUses(stored.map(({ event }) => event));
        if (uses.length > 0) deps.bus.publish('keys-used', uses);
        if (live.viewers > 0) live.publish(stored.map(presentEvent));
      }
      return { storedThrough };
    },
    search: (query) => searchCalls(parts, query),
    find: (reference) => findCall(parts, reference),
    summary: (query) => summarise(parts, query),
    decisions: (from) => readDecisions(deps.database.tables<ActivityTables>(), words, from),
    personalData: (days) => personalDataByRoute(parts, days),
    misfits: (service) => findMisfits(parts, service),
    replay: (span, foresight, signal) => replayCalls(parts, span, foresight, signal),
    removeOld: (signal, retention = DEFAULT_RETENTION) => removeOld(parts, retention, deps.clock.now(), signal),
  };
}

function keyUses(events: readonly RequestEvent[]): { key: string; at: number }[] {
  const latest = new Map<string, string>();
  for (const { key, time } of events) {
    if (key !== null && time > (latest.get(key) ?? '')) latest.set(key, time);
  }
  return [...latest].map(([key, time]) => ({ key, at: Date.parse(time) }));
}
