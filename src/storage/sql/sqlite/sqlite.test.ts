import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeDatabase } from '../contract-suite.ts';
import { describeMigrations } from '../migrations/contract-suite.ts';
import { openSqlite } from './open.ts';

const engine = { name: 'SQLite', open: (folder: string, name: string) => openSqlite(join(folder, `${name}.db`)) };
describeDatabase(engine);
describeMigrations(engine);

describe('a SQLite file that is not as it was left', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nightlatch-sqlite-'));
    file = join(folder, 'nightlatch.db');
    const database = openSqlite(file);
    await sql`CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)`.execute(database.tables());
    await sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO things SELECT i, 'thing ' || i FROM n`.execute(database.tables());
    await database.close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const damage = expect.objectContaining({ code: 'database-damaged', next: expect.stringContaining('restore') });

  test('pages overwritten in the middle are found', async () => {
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(8_192, 0xa5), 0, 8_192, 4_096 * 5);
    closeSync(handle);
    const database = openSqlite(file);
    expect(() => database.checkIntegrity()).toThrow(damage);
    await database.close();
  });

  test('a file cut short is found', () => {
    truncateSync(file, Math.floor(statSync(file).size / 8_192) * 4_096);
    expect(() => {
      const database = openSqlite(file);
      try {
        database.checkIntegrity();
      } finally {
        void database.close();
      }
    }).toThrow(damage);
  });

  test.each([
    ['text', 'this is no database at all, only some words'.repeat(50)],
    ['a header and nothing sensible', `SQLite format 3\0${'\xff'.repeat(4_080)}`],
  ])('%s is no database', (_, content) => {
    writeFileSync(file, content, 'latin1');
    expect(() => openSqlite(file)).toThrow(damage);
  });

  test('a folder that is not there is no damage', () => {
    expect(() => openSqlite(join(folder, 'missing', 'a.db'))).toThrow(expect.objectContaining({ errcode: 14 }));
  });

  test('closing without ever asking lets go of the file', async () => {
    const database = openSqlite(file);
    await database.close();
    expect(readdirSync(folder)).toEqual(['nightlatch.db']);
    copyFileSync(file, join(folder, 'copy.db'));
  });
});
