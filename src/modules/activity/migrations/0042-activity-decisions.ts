import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/**
 * What protections decided, by days, so that "what would have been stopped" is answered without reading calls. Only what came
 * since is in it. In the calls: whether a protection that only watches would have stopped it, and which personal values the
 * answer held.
 */
export const activityDecisions: Migration = {
  id: '0042-activity-decisions',
  async up(schema) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(schema);
  },
};

const STATEMENTS = [
  'ALTER TABLE activity_events ADD COLUMN would INTEGER',
  'ALTER TABLE activity_events ADD COLUMN personal TEXT',
  'CREATE INDEX activity_events_would ON activity_events (time) WHERE would = 1',
  `CREATE TABLE activity_decisions (
    day INTEGER NOT NULL,
    policy INTEGER NOT NULL,
    service INTEGER NOT NULL,
    route INTEGER NOT NULL,
    code INTEGER NOT NULL,
    decision TEXT NOT NULL,
    consumer INTEGER NOT NULL,
    about INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    latest TEXT NOT NULL,
    PRIMARY KEY (day, policy, service, route, code, decision, consumer, about)
  ) WITHOUT ROWID`,
];
