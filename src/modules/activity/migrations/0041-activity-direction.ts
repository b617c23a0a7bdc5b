import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/**
 * Calls that own programs make to vendors (direction 1) beside those that come in (0). In the roll-ups the direction is part of
 * the key, so that pictures of the one never hold the other. What is there already came in.
 */
export const activityDirection: Migration = {
  id: '0041-activity-direction',
  async up(schema) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(schema);
  },
};

const ROLLUPS = 'service, route, consumer, status, code, outcome, calls, bytes_in, bytes_out, sum_us, max_us';

const STATEMENTS = [
  'ALTER TABLE activity_events ADD COLUMN direction INTEGER NOT NULL DEFAULT 0',
  'CREATE INDEX activity_events_outbound ON activity_events (time) WHERE direction = 1',
  'ALTER TABLE activity_rollups RENAME TO activity_rollups_before',
  `CREATE TABLE activity_rollups (
    level INTEGER NOT NULL,
    start INTEGER NOT NULL,
    direction INTEGER NOT NULL,
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
    PRIMARY KEY (level, start, direction, service, route, consumer, status, code, outcome)
  ) WITHOUT ROWID`,
  `INSERT INTO activity_rollups (level, start, direction, ${ROLLUPS})
    SELECT level, start, 0, ${ROLLUPS} FROM activity_rollups_before`,
  'DROP TABLE activity_rollups_before',
  'ALTER TABLE activity_address_rollups RENAME TO activity_address_rollups_before',
  `CREATE TABLE activity_address_rollups (
    level INTEGER NOT NULL,
    start INTEGER NOT NULL,
    direction INTEGER NOT NULL,
    address INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    turned_away INTEGER NOT NULL,
    PRIMARY KEY (level, start, direction, address)
  ) WITHOUT ROWID`,
  `INSERT INTO activity_address_rollups (level, start, direction, address, calls, turned_away)
    SELECT level, start, 0, address, calls, turned_away FROM activity_address_rollups_before`,
  'DROP TABLE activity_address_rollups_before',
];
