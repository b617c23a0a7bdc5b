import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { activityMigrations } from '../../src/modules/activity/index.ts';
import { migrate } from '../../src/storage/sql/migrations/migrate.ts';
import { openSqlite } from '../../src/storage/sql/sqlite/open.ts';
import { type ShapedCall, seeded, shapedCalls, Vocabulary } from './traffic-shape.ts';

export type Year = { end: number; calls: number; insertSeconds: number; indexSeconds: number };

/**
 * Makes a database with a year of calls, straight into SQLite: rows first, indexes after. Only the schema is the product's; rows
 * and roll-ups are what its ingest would have written.
 */
export async function makeYear(file: string, calls: number, end: number): Promise<Year> {
  const database = openSqlite(file);
  await migrate(database, activityMigrations, { clock: { now: () => end }, backupFile: () => `${file}.never` });
  await database.close();
  const sqlite = new DatabaseSync(file);
  try {
    sqlite.exec(
      'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY',
    );
    const indexes = sqlite
      .prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND name LIKE 'activity_events%'",
      )
      .all() as { name: string; sql: string }[];
    for (const { name } of indexes) sqlite.exec(`DROP INDEX ${name}`);
    const started = performance.now();
    insert(sqlite, calls, end);
    const inserted = performance.now();
    for (const { sql } of indexes) sqlite.exec(sql);
    sqlite.exec('PRAGMA journal_mode = WAL');
    const indexed = performance.now();
    return { end, calls, insertSeconds: (inserted - started) / 1000, indexSeconds: (indexed - inserted) / 1000 };
  } finally {
    sqlite.close();
  }
}

function insert(sqlite: DatabaseSync, total: number, end: number): void {
  const words = new Vocabulary();
  const gateway = words.id('gateway', 'gw-bench');
  const decisions = words.id('decisions', '[{"policy":"authenticate","decision":"allow"}]');
  const random = seeded(7);
  const call = sqlite.prepare(`INSERT INTO activity_events VALUES (${Array(23).fill('?').join(', ')}, 0)`);
  const pictures = new Pictures(sqlite);
  let n = 0;
  sqlite.exec('BEGIN');
  for (const c of shapedCalls(total, end, words)) {
    n += 1;
    const bytesOut = 200 + Math.floor(4_000 * random());
    call.run(
      ...[n, ulid(c.time, random), c.time, c.outcome, c.service, c.route, c.method, c.path, c.status, c.code],
      ...[c.consumer, c.key, c.address, 0, bytesOut, c.durationUs, Math.floor(c.durationUs * 0.9), null, null],
      ...[1, gateway, decisions, null],
    );
    pictures.add(c, bytesOut);
    if (n % 1_000_000 === 0) process.stdout.write(`  ${n / 1_000_000} million calls\n`);
  }
  pictures.finish();
  const word = sqlite.prepare('INSERT INTO activity_words (id, kind, text, last_day) VALUES (?, ?, ?, ?)');
  for (const { id, kind, text } of words.words) word.run(id, kind, text, Math.floor(end / 86_400_000));
  sqlite.exec('COMMIT');
}

type Sums = { calls: number; bytesOut: number; sum: number; max: number };

/** The roll-ups: minutes as the calls come, hours and days from them. */
class Pictures {
  readonly #sqlite: DatabaseSync;
  readonly #minute: StatementSync;
  readonly #address: StatementSync;
  #start = -1;
  #rows = new Map<string, Sums>();
  #addresses = new Map<number, [calls: number, turnedAway: number]>();

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
    this.#minute = sqlite.prepare('INSERT INTO activity_rollups VALUES (0, ?, 0, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)');
    this.#address = sqlite.prepare('INSERT INTO activity_address_rollups VALUES (0, ?, 0, ?, ?, ?)');
  }

  add(c: ShapedCall, bytesOut: number): void {
    const start = Math.floor(c.time / 60_000) * 60_000;
    if (start !== this.#start) this.#flush(start);
    const key = `${c.service ?? 0} ${c.route ?? 0} ${c.consumer ?? 0} ${c.status} ${c.code ?? 0} ${c.outcome}`;
    const sums = this.#rows.get(key);
    if (sums === undefined) this.#rows.set(key, { calls: 1, bytesOut, sum: c.durationUs, max: c.durationUs });
    else {
      sums.calls += 1;
      sums.bytesOut += bytesOut;
      sums.sum += c.durationUs;
      sums.max = Math.max(sums.max, c.durationUs);
    }
    const [calls, away] = this.#addresses.get(c.address) ?? [0, 0];
    this.#addresses.set(c.address, [calls + 1, away + (c.outcome === 1 ? 1 : 0)]);
  }

  finish(): void {
    this.#flush(-1);
    for (const [level, span] of [
      [1, 3_600_000],
      [2, 86_400_000],
    ]) {
      this.#sqlite.exec(`INSERT INTO activity_rollups
        SELECT ${level}, start / ${span} * ${span} AS s, 0, service, route, consumer, status, code, outcome,
          sum(calls), 0, sum(bytes_out), sum(sum_us), max(max_us)
        FROM activity_rollups WHERE level = 0 GROUP BY s, service, route, consumer, status, code, outcome`);
      this.#sqlite.exec(`INSERT INTO activity_address_rollups
        SELECT ${level}, start / ${span} * ${span} AS s, 0, address, sum(calls), sum(turned_away)
        FROM activity_address_rollups WHERE level = 0 GROUP BY s, address`);
    }
  }

  #flush(next: number): void {
    for (const [key, { calls, bytesOut, sum, max }] of this.#rows) {
      this.#minute.run(this.#start, ...key.split(' ').map(Number), calls, bytesOut, sum, max);
    }
    for (const [address, [calls, away]] of this.#addresses) this.#address.run(this.#start, address, calls, away);
    this.#rows = new Map();
    this.#addresses = new Map();
    this.#start = next;
  }
}

const BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function ulid(time: number, random: () => number): string {
  let text = '';
  for (let place = 9; place >= 0; place -= 1) text += BASE32[Math.floor(time / 32 ** place) % 32];
  for (let at = 0; at < 4; at += 1) {
    const bits = Math.floor(random() * 1_048_576);
    text += `${BASE32[bits >> 15]}${BASE32[(bits >> 10) & 31]}${BASE32[(bits >> 5) & 31]}${BASE32[bits & 31]}`;
  }
  return text;
}
