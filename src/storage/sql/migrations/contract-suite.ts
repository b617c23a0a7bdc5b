import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../contract-suite.ts';
import type { Database } from '../database.ts';
import { type Migration, migrate } from './migrate.ts';

const make = (id: string, ...statements: string[]): Migration => ({
  id,
  async up(schema) {
    for (const statement of statements) await sql.raw(statement).execute(schema);
  },
});
const FIRST = make(
  '0001-first',
  'CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)',
  "INSERT INTO notes VALUES (1, 'kept')",
);
const SECOND = make(
  '0002-second',
  'ALTER TABLE notes ADD COLUMN stars INTEGER DEFAULT 0',
  'UPDATE notes SET stars = 5',
);
const BROKEN = make('0003-broken', 'DELETE FROM notes', 'CREATE TABLE others (id INTEGER)', 'SELECT * FROM nowhere');

/** How the schema of every engine moves on. */
export function describeMigrations(engine: Engine): void {
  describe(`${engine.name} under migrations`, () => {
    let folder: string;
    let database: Database;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'nightlatch-migrate-'));
      database = engine.open(folder, 'main');
    });
    afterEach(async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    });

    const run = (...migrations: Migration[]) =>
      migrate(database, migrations, {
        clock: { now: () => 1_000 },
        backupFile: (from) => join(folder, `before-${from}.db`),
      });
    const backup = (from: string) => join(folder, `before-${from}.db`);
    type Notes = { notes: { id: number; text: string; stars?: number } };
    const notes = (from: Kysely<Notes> = database.tables<Notes>()) => from.selectFrom('notes').selectAll().execute();

    test('applies each step once, in order, and says which', async () => {
      expect(await run(FIRST)).toEqual(['0001-first']);
      expect(await run(FIRST, SECOND)).toEqual(['0002-second']);
      expect(await run(FIRST, SECOND)).toEqual([]);
      expect(await notes()).toEqual([{ id: 1, text: 'kept', stars: 5 }]);
    });

    test('makes no copy of an empty database, and a whole one before an upgrade', async () => {
      await run(FIRST);
      expect(existsSync(backup('0001-first'))).toBe(false);
      await run(FIRST, SECOND);
      const copy = engine.open(folder, 'before-0001-first');
      copy.checkIntegrity();
      expect(await notes(copy.tables<Notes>())).toEqual([{ id: 1, text: 'kept' }]);
      await copy.close();
    });

    test('takes a failing upgrade back wholly, and the next start can try again', async () => {
      await run(FIRST);
      await expect(run(FIRST, SECOND, BROKEN)).rejects.toThrow('nowhere');
      expect(await notes()).toEqual([{ id: 1, text: 'kept' }]);
      await expect(
        database.tables<{ others: { id: number } }>().selectFrom('others').selectAll().execute(),
      ).rejects.toThrow();
      expect(existsSync(backup('0001-first'))).toBe(true);
      expect(await run(FIRST, SECOND)).toEqual(['0002-second']);
    });

    test('does not touch what a newer version wrote', async () => {
      await run(FIRST, SECOND);
      await expect(run(FIRST)).rejects.toMatchObject({ code: 'schema-newer' });
      expect(await notes()).toEqual([{ id: 1, text: 'kept', stars: 5 }]);
    });
  });
}
