import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from './database.ts';

/** What the suite needs of an engine: open (again) the database called `name` in a scratch folder, or a copy made there. */
export type Engine = { name: string; open(folder: string, name: string): Database };

type Tables = { things: { id: number; name: string; size: number | null; detail: string | null } };

/** What every engine behind {@link Database} does alike. Called from the test file of each engine. */
export function describeDatabase(engine: Engine): void {
  describe(`${engine.name} as a database`, () => {
    let folder: string;
    let database: Database;
    let others: Database[];
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'nightlatch-sql-'));
      others = [];
      database = engine.open(folder, 'main');
      await sql`CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size BIGINT, detail TEXT)`.execute(
        db(),
      );
      await sql`CREATE TABLE parts (thing INTEGER NOT NULL REFERENCES things (id))`.execute(db());
    });
    afterEach(async () => {
      for (const one of [database, ...others]) await one.close();
      rmSync(folder, { recursive: true });
    });

    const db = () => database.tables<Tables>();
    const again = (name = 'main') => {
      const other = engine.open(folder, name);
      others.push(other);
      return other.tables<Tables>();
    };
    const thing = (id: number, more: Partial<Tables['things']> = {}) => ({
      id,
      name: `thing ${id}`,
      size: null,
      detail: null,
      ...more,
    });
    const ids = async (from = db()) =>
      (await from.selectFrom('things').select('id').orderBy('id').execute()).map((row) => row.id);

    test('keeps what a transaction wrote', async () => {
      await db()
        .transaction()
        .execute(async (change) => {
          await change.insertInto('things').values(thing(1)).execute();
          await change.insertInto('things').values(thing(2)).execute();
        });
      expect(await ids(again())).toEqual([1, 2]);
    });

    test('takes a failed transaction back wholly and goes on', async () => {
      const failing = db()
        .transaction()
        .execute(async (change) => {
          await change.insertInto('things').values(thing(1)).execute();
          await change.insertInto('things').values(thing(1)).execute();
        });
      await expect(failing).rejects.toThrow();
      expect(await ids()).toEqual([]);
      await db().insertInto('things').values(thing(3)).execute();
      expect(await ids()).toEqual([3]);
    });

    test('shows nobody an unfinished transaction', async () => {
      const seen: number[][] = [];
      const outside = again();
      const change = db()
        .transaction()
        .execute(async (open) => {
          await open.insertInto('things').values(thing(1)).execute();
          seen.push(await ids(outside));
        });
      const inside = ids();
      await change;
      expect(seen).toEqual([[]]);
      expect(await inside).toEqual([1]);
    });

    test.each([2 ** 31, 2 ** 32 + 1, Date.UTC(2100, 0), Number.MAX_SAFE_INTEGER, -(2 ** 40)])(
      'keeps the integer %i',
      async (size) => {
        await db().insertInto('things').values(thing(1, { size })).execute();
        const row = await db().selectFrom('things').select('size').where('size', '=', size).executeTakeFirst();
        expect(row?.size).toBe(size);
      },
    );

    test.each(['Grüße', '店 🔑 e\u0301', "O'Brien; DROP TABLE things; --", 'line\nline', ''])(
      'keeps the text %j',
      async (name) => {
        await db().insertInto('things').values(thing(1, { name })).execute();
        const row = await db().selectFrom('things').select('name').where('name', '=', name).executeTakeFirst();
        expect(row?.name).toBe(name);
      },
    );

    test('keeps JSON as text, and null apart from "null"', async () => {
      const detail = JSON.stringify({ list: [1, null, 'ü'], deep: { yes: true } });
      await db()
        .insertInto('things')
        .values([thing(1, { detail }), thing(2, { detail: 'null' }), thing(3)])
        .execute();
      const rows = await db().selectFrom('things').select('detail').orderBy('id').execute();
      expect(rows.map((row) => row.detail)).toEqual([detail, 'null', null]);
    });

    test('says how many rows a change met', async () => {
      await db()
        .insertInto('things')
        .values([thing(1), thing(2), thing(3)])
        .execute();
      const changed = await db().updateTable('things').set({ size: 1 }).where('id', '>', 1).executeTakeFirst();
      expect(changed.numUpdatedRows).toBe(2n);
      const gone = await db().deleteFrom('things').where('id', '=', 9).executeTakeFirst();
      expect(gone.numDeletedRows).toBe(0n);
    });

    test('refuses what points at nothing', async () => {
      await expect(sql`INSERT INTO parts (thing) VALUES (77)`.execute(db())).rejects.toThrow(/foreign key/i);
    });

    test('lets many change at once, from two connections, and loses none', async () => {
      await db()
        .insertInto('things')
        .values(thing(1, { size: 0 }))
        .execute();
      const outside = again();
      const increment = (from: typeof outside) =>
        from.transaction().execute(async (change) => {
          const row = await change.selectFrom('things').select('size').where('id', '=', 1).executeTakeFirstOrThrow();
          await change
            .updateTable('things')
            .set({ size: (row.size ?? 0) + 1 })
            .where('id', '=', 1)
            .execute();
        });
      await Promise.all(Array.from({ length: 50 }, () => increment(db())));
      for (let run = 0; run < 25; run += 1) {
        await increment(outside);
        await increment(db());
      }
      expect(await db().selectFrom('things').select('size').executeTakeFirst()).toEqual({ size: 100 });
    });

    test('copies itself consistently while it is written to', async () => {
      const pair = async (id: number) =>
        db()
          .transaction()
          .execute(async (change) => {
            await change
              .insertInto('things')
              .values(thing(2 * id, { detail: 'x'.repeat(2_000) }))
              .execute();
            await change
              .insertInto('things')
              .values(thing(2 * id + 1))
              .execute();
          });
      for (let id = 1; id <= 300; id += 1) await pair(id);
      let copied = false;
      const copy = database.copyTo(join(folder, 'copy.db')).then(() => {
        copied = true;
      });
      let id = 301;
      // At least a few writes stand beside the copy, also when it is quick; each lets other work of the process in.
      for (; !copied || id < 320; id += 1) {
        await pair(id);
        await setImmediate();
      }
      await copy;
      const all = await ids(again('copy'));
      expect(all.length).toBeGreaterThanOrEqual(600);
      expect(all.length % 2).toBe(0);
      expect(readdirSync(folder).filter((file) => file.endsWith('.part'))).toEqual([]);
    });

    test('finds nothing wrong with a healthy database', () => {
      expect(() => database.checkIntegrity()).not.toThrow();
    });
  });
}
