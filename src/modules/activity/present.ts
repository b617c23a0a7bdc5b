import type { ActivityEvent } from '../../contracts/api/activity.ts';
import type { RequestEvent } from '../../contracts/events/gateway-event.ts';
import { AppError } from '../../platform/app-error.ts';
import { wouldStop } from './decisions.ts';
import { directionName } from './direction.ts';
import type { ActivityDb, EventRow } from './tables.ts';
import type { Words } from './words.ts';

/** A place in the list of calls: newest first by recorded time, calls of one millisecond by arrival. */
export type Place = { time: number; n: number };

export const placeToCursor = ({ time, n }: Place): string => `${time.toString(36)}.${n.toString(36)}`;

/** Throws `AppError('cursor-invalid')`. */
export function cursorToPlace(cursor: string): Place {
  const [, time, n] = /^(-?[0-9a-z]{1,10})\.([0-9a-z]{1,11})$/.exec(cursor) ?? [];
  if (time === undefined || n === undefined) {
    throw new AppError('cursor-invalid', 'This is no place in the list of calls.', {
      status: 400,
      next: 'Begin at the newest calls, without "before".',
    });
  }
  return { time: Number.parseInt(time, 36), n: Number.parseInt(n, 36) };
}

/** Rows as the console lists them. */
export async function presentRows(db: ActivityDb, words: Words, rows: readonly EventRow[]): Promise<ActivityEvent[]> {
  const ids = rows.flatMap((r) => [r.service, r.route, r.method, r.path, r.code, r.consumer, r.key, r.address]);
  const textOf = await words.texts(db, ids);
  const text = (id: number | null) => (id === null ? null : textOf(id));
  return rows.map((row) => ({
    cursor: placeToCursor(row),
    id: row.id,
    time: new Date(row.time).toISOString(),
    direction: directionName(row.direction),
    service: text(row.service),
    route: text(row.route),
    method: textOf(row.method),
    path: textOf(row.path),
    status: row.status,
    code: text(row.code),
    consumer: text(row.consumer),
    key: text(row.key),
    address: textOf(row.address),
    bytesIn: row.bytes_in,
    bytesOut: row.bytes_out,
    durationMs: row.duration_us / 1000,
    upstreamMs: row.upstream_us === null ? null : row.upstream_us / 1000,
    would: row.would === 1,
  }));
}

/** A call that was stored this moment, as the live view shows it. */
export function presentEvent({ event, n }: { event: RequestEvent; n: number }): ActivityEvent {
  const { seq: _seq, type: _type, decisions: _decisions, revision: _revision, aborted: _aborted, ...rest } = event;
  const { personal: _personal, ...shown } = rest;
  return {
    ...shown,
    direction: event.direction ?? 'inbound',
    would: wouldStop(event),
    cursor: placeToCursor({ time: Date.parse(event.time), n }),
  };
}
