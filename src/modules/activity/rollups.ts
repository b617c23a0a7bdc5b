import { type RawBuilder, sql } from 'kysely';
import { TURNED_AWAY } from './outcome.ts';
import { LEVELS_MS } from './spans.ts';
import type { ActivityDb, AddressRollupRow, EventRow, RollupRow } from './tables.ts';

type Call = Omit<EventRow, 'n'>;
const SWITCHING_PROTOCOLS = 101;

/** Adds the calls of a batch to the roll-ups of their minutes, hours and days. */
export async function addToRollups(db: ActivityDb, calls: readonly Call[]): Promise<void> {
  const rows = new Map<string, RollupRow>();
  const addresses = new Map<string, AddressRollupRow>();
  for (const call of calls) {
    for (const [level, span] of LEVELS_MS.entries()) {
      const start = Math.floor(call.time / span) * span;
      addCall(rows, call, level, start);
      addAddress(addresses, call, level, start);
    }
  }
  for (const part of slices([...rows.values()])) {
    await db
      .insertInto('activity_rollups')
      .values(part)
      .onConflict((conflict) =>
        conflict
          .columns(['level', 'start', 'direction', 'service', 'route', 'consumer', 'status', 'code', 'outcome'])
          .doUpdateSet((eb) => ({
            calls: eb('activity_rollups.calls', '+', eb.ref('excluded.calls')),
            bytes_in: eb('activity_rollups.bytes_in', '+', eb.ref('excluded.bytes_in')),
            bytes_out: eb('activity_rollups.bytes_out', '+', eb.ref('excluded.bytes_out')),
            sum_us: eb('activity_rollups.sum_us', '+', eb.ref('excluded.sum_us')),
            max_us: greaterOf('activity_rollups.max_us', 'excluded.max_us'),
          })),
      )
      .execute();
  }
  for (const part of slices([...addresses.values()])) {
    await db
      .insertInto('activity_address_rollups')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['level', 'start', 'direction', 'address']).doUpdateSet((eb) => ({
          calls: eb('activity_address_rollups.calls', '+', eb.ref('excluded.calls')),
          turned_away: eb('activity_address_rollups.turned_away', '+', eb.ref('excluded.turned_away')),
        })),
      )
      .execute();
  }
}

/** Adds what an upgraded connection carried in all; its duration is no answering time and stays out. */
export async function addBytesToRollups(db: ActivityDb, call: EventRow, bytesIn: number, bytesOut: number) {
  for (const [level, span] of LEVELS_MS.entries()) {
    await db
      .updateTable('activity_rollups')
      .set((eb) => ({ bytes_in: eb('bytes_in', '+', bytesIn), bytes_out: eb('bytes_out', '+', bytesOut) }))
      .where('level', '=', level)
      .where('start', '=', Math.floor(call.time / span) * span)
      .where('direction', '=', call.direction)
      .where('service', '=', call.service ?? 0)
      .where('route', '=', call.route ?? 0)
      .where('consumer', '=', call.consumer ?? 0)
      .where('status', '=', call.status)
      .where('code', '=', call.code ?? 0)
      .where('outcome', '=', call.outcome)
      .execute();
  }
}

function addCall(rows: Map<string, RollupRow>, call: Call, level: number, start: number): void {
  const { direction, service, route, consumer, status, code, outcome } = call;
  const key = `${level} ${start} ${direction} ${service} ${route} ${consumer} ${status} ${code} ${outcome}`;
  // The handshake of an upgrade takes no time worth a picture, and its connection lives for hours.
  const us = status === SWITCHING_PROTOCOLS ? 0 : call.duration_us;
  const row = rows.get(key);
  if (row === undefined) {
    rows.set(key, {
      ...{ level, start, direction, service: service ?? 0, route: route ?? 0, consumer: consumer ?? 0, status },
      code: code ?? 0,
      ...{ outcome, calls: 1, bytes_in: call.bytes_in, bytes_out: call.bytes_out, sum_us: us, max_us: us },
    });
    return;
  }
  row.calls += 1;
  row.bytes_in += call.bytes_in;
  row.bytes_out += call.bytes_out;
  row.sum_us += us;
  row.max_us = Math.max(row.max_us, us);
}

function addAddress(rows: Map<string, AddressRollupRow>, call: Call, level: number, start: number): void {
  const { direction, address } = call;
  const key = `${level} ${start} ${direction} ${address}`;
  const row = rows.get(key) ?? { level, start, direction, address, calls: 0, turned_away: 0 };
  row.calls += 1;
  if (call.outcome === TURNED_AWAY) row.turned_away += 1;
  rows.set(key, row);
}

/** The greater of two columns, in words that every engine reads. */
function greaterOf(a: string, b: string): RawBuilder<number> {
  return sql<number>`CASE WHEN ${sql.ref(a)} > ${sql.ref(b)} THEN ${sql.ref(a)} ELSE ${sql.ref(b)} END`;
}

function slices<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) parts.push(rows.slice(at, at + ROWS_AT_ONCE));
  return parts;
}

const ROWS_AT_ONCE = 100;
