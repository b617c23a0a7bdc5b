import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/**
 * Laid out for 10 million calls a year on a small machine: texts that repeat are kept once in `activity_words` and stand in the
 * rows as numbers, every filter of the search has an index that ends in the time, and pictures come from roll-ups of minutes,
 * hours and days that are written in the transaction that stores the calls.
 */
export const activityTables: Migration = {
  id: '0040-activity',
  async up(schema) {
    for (const statement of [...TABLES, ...INDEXES]) await sql.raw(statement).execute(schema);
  },
};

const TABLES = [
  `CREATE TABLE gateways_seq (
    gateway TEXT PRIMARY KEY,
    through INTEGER NOT NULL
  )`,
  `CREATE TABLE activity_words (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    last_day INTEGER NOT NULL,
    UNIQUE (kind, text)
  )`,
  `CREATE TABLE activity_events (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL COLLATE NOCASE,
    time INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    service INTEGER,
    route INTEGER,
    method INTEGER NOT NULL,
    path INTEGER NOT NULL,
    status INTEGER NOT NULL,
    code INTEGER,
    consumer INTEGER,
    key INTEGER,
    address INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    upstream_us INTEGER,
    aborted TEXT,
    ended TEXT,
    revision INTEGER NOT NULL,
    gateway INTEGER NOT NULL,
    decisions INTEGER,
    decisions_text TEXT
  )`,
  `CREATE TABLE activity_gaps (
    n INTEGER PRIMARY KEY,
    gateway TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    reason TEXT NOT NULL,
    time INTEGER NOT NULL
  )`,
  `CREATE TABLE activity_rollups (
    level INTEGER NOT NULL,
    start INTEGER NOT NULL,
    service INTEGER NOT NULL,
    route INTEGER NOT NULL,
    consumer INTEGER NOT NULL,
    status INTEGER NOT NULL,
    code INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    bytes_in INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    sum_us INTEGER NOT NULL,
    max_us INTEGER NOT NULL,
    PRIMARY KEY (level, start, service, route, consumer, status, code, outcome)
  ) WITHOUT ROWID`,
  `CREATE TABLE activity_address_rollups (
    level INTEGER NOT NULL,
    start INTEGER NOT NULL,
    address INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    turned_away INTEGER NOT NULL,
    PRIMARY KEY (level, start, address)
  ) WITHOUT ROWID`,
];

const INDEXES = [
  'CREATE INDEX activity_events_id ON activity_events (id)',
  'CREATE INDEX activity_events_time ON activity_events (time)',
  'CREATE INDEX activity_events_outcome ON activity_events (outcome, time)',
  'CREATE INDEX activity_events_status ON activity_events (status, time)',
  'CREATE INDEX activity_events_method ON activity_events (method, time)',
  'CREATE INDEX activity_events_address ON activity_events (address, time)',
  'CREATE INDEX activity_events_route ON activity_events (route, time) WHERE route IS NOT NULL',
  'CREATE INDEX activity_events_consumer ON activity_events (consumer, time) WHERE consumer IS NOT NULL',
  'CREATE INDEX activity_events_code ON activity_events (code, time) WHERE code IS NOT NULL',
  'CREATE INDEX activity_gaps_gateway ON activity_gaps (gateway, last)',
  'CREATE INDEX activity_gaps_time ON activity_gaps (time)',
];
