import { sql } from 'kysely';
import type { Migration } from '../../../storage/sql/migrations/migrate.ts';

/** The chain, and triggers that refuse any change of what is written. */
export const auditTable: Migration = {
  id: '0001-audit',
  async up(schema) {
    await schema.schema
      .createTable('audit_entries')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'integer', (column) => column.notNull())
      .addColumn('actor_kind', 'text', (column) => column.notNull())
      .addColumn('actor_id', 'text', (column) => column.notNull())
      .addColumn('actor_name', 'text', (column) => column.notNull())
      .addColumn('action', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    for (const change of ['UPDATE', 'DELETE']) {
      await sql`
        CREATE TRIGGER ${sql.ref(`audit_entries_no_${change.toLowerCase()}`)} BEFORE ${sql.raw(change)} ON audit_entries
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
      `.execute(schema);
    }
  },
};
