import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { seed } from './seed.ts';

const SCHEMA = `
  CREATE TABLE customers (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE COLLATE NOCASE, phone TEXT NOT NULL,
    address TEXT NOT NULL, card_number TEXT NOT NULL, password_hash TEXT NOT NULL, role TEXT NOT NULL,
    loyalty_points INTEGER NOT NULL, internal_note TEXT NOT NULL
  ) STRICT;
  CREATE TABLE products (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, category TEXT NOT NULL,
    price_cents INTEGER NOT NULL, cost_cents INTEGER NOT NULL, supplier TEXT NOT NULL, stock INTEGER NOT NULL,
    limited INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE orders (
    id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), status TEXT NOT NULL,
    total_cents INTEGER NOT NULL, tracking_number TEXT NOT NULL, created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX orders_by_customer ON orders (customer_id);
  CREATE TABLE order_lines (
    order_id INTEGER NOT NULL REFERENCES orders(id) ON DELETE CASCADE, product_id INTEGER NOT NULL REFERENCES products(id),
    quantity INTEGER NOT NULL, price_cents INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX lines_by_order ON order_lines (order_id);
  CREATE TABLE vouchers (code TEXT PRIMARY KEY, value_cents INTEGER NOT NULL) STRICT;
  CREATE TABLE uploads (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, type TEXT NOT NULL, bytes BLOB NOT NULL, uploaded_at TEXT NOT NULL
  ) STRICT;
`;

/** Opens the shop's database in `folder` (made when missing), or in memory; a new one gets the practice data. */
export function openDatabase(folder: string | undefined): DatabaseSync {
  if (folder) mkdirSync(folder, { recursive: true });
  const db = new DatabaseSync(folder ? join(folder, 'practice-shop.db') : ':memory:');
  if (!one(db, `SELECT name FROM sqlite_schema WHERE name = 'customers'`, [])) {
    inTransaction(db, () => {
      db.exec(SCHEMA);
      seed(db);
    });
  }
  return db;
}

/** The caller names the row's shape, as the SQL text beside it shows. */
export function all<Row>(db: DatabaseSync, sql: string, values: SQLInputValue[]): Row[] {
  return db.prepare(sql).all(...values) as Row[];
}

export function one<Row>(db: DatabaseSync, sql: string, values: SQLInputValue[]): Row | undefined {
  return db.prepare(sql).get(...values) as Row | undefined;
}

/** Gives the id of the row that was put in last. */
export function run(db: DatabaseSync, sql: string, values: SQLInputValue[]): number {
  return Number(db.prepare(sql).run(...values).lastInsertRowid);
}

export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
