import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Announcements } from '../../../contracts/events/announcements.ts';
import type { GatewayEvent, RequestEvent } from '../../../contracts/events/gateway-event.ts';
import { EventBus } from '../../../platform/event-bus.ts';
import { createLogger } from '../../../platform/logger.ts';
import type { Database } from '../../../storage/sql/database.ts';
import { migrate } from '../../../storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../../storage/sql/sqlite/open.ts';
import { type Activity, activityMigrations, createActivity } from '../index.ts';
import type { ActivityTables } from '../tables.ts';

export const START = Date.UTC(2026, 0, 5, 9);

export type Record = {
  activity: Activity;
  database: Database;
  clock: { at: number; now(): number };
  used: Announcements['keys-used'][];
  log: string[];
  send(lines: readonly (GatewayEvent | string)[], gateway?: string): Promise<number>;
  gaps(): Promise<{ first: number; last: number; lost: number; reason: string }[]>;
  ids(): Promise<string[]>;
  close(): Promise<void>;
};

/** A record on a real database file. */
export async function openRecord(): Promise<Record> {
  const folder = mkdtempSync(join(tmpdir(), 'nightlatch-activity-'));
  const database = openSqlite(join(folder, 'nightlatch.db'));
  const clock = { at: START, now: () => clock.at };
  await migrate(database, activityMigrations, { clock, backupFile: (from) => join(folder, from) });
  const log: string[] = [];
  const used: Announcements['keys-used'][] = [];
  const bus = new EventBus<Announcements>((error) => {
    throw error;
  });
  bus.subscribe('keys-used', (uses) => used.push(uses));
  const activity = createActivity({
    ...{ database, clock, bus, logger: createLogger('test', { write: (line) => void log.push(line) }) },
    lookups: {
      routeScopes: async (service, route) => [`${service}|${route}`],
      keyScopes: async (key) => [`of ${key}`],
    },
  });
  const db = database.tables<ActivityTables>();
  return {
    ...{ activity, database, clock, used, log },
    send: async (lines, gateway = 'gw1') => (await activity.ingest(gateway, ndjson(lines))).storedThrough,
    gaps: () => db.selectFrom('activity_gaps').select(['first', 'last', 'lost', 'reason']).orderBy('first').execute(),
    ids: async () => (await db.selectFrom('activity_events').select('id').orderBy('n').execute()).map((row) => row.id),
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const ndjson = (lines: readonly (GatewayEvent | string)[]) =>
  Buffer.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));

/** A call that was let in, with the given differences; its id tells its seq. */
export function call(seq: number, differences: Partial<RequestEvent> = {}): RequestEvent {
  return {
    ...{
      seq,
      type: 'request',
      id: `01REF${String(seq).padStart(21, '0')}`,
      time: new Date(START + seq * 1_000).toISOString(),
    },
    ...{ service: 'shop', route: 'GET /orders/{id}', method: 'GET', path: '/orders/{id}', status: 200, code: null },
    ...{ consumer: 'web-shop', key: 'k_web', address: '203.0.113.7', bytesIn: 10, bytesOut: 200 },
    ...{
      durationMs: 12.345,
      upstreamMs: 11.5,
      decisions: [{ policy: 'authenticate', decision: 'allow' }],
      revision: 3,
    },
    ...differences,
  };
}
