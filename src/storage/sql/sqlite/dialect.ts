import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { SqliteDialect } from 'kysely';

/** Kysely's SQLite dialect over `node:sqlite`; prepared statements are kept per text, as preparing costs more than running. */
export function nodeSqliteDialect(sqlite: DatabaseSync): SqliteDialect {
  const statements = new Map<string, ReturnType<typeof wrap>>();
  const wrap = (text: string) => {
    // A transaction that reads first and writes later is refused at once when another process wrote in between; one that
    // says from the start that it will write waits for its turn.
    const statement = sqlite.prepare(text === 'begin' ? 'begin immediate' : text);
    return {
      reader: statement.columns().length > 0,
      all: (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[])),
      run: (parameters: readonly unknown[]) => statement.run(...(parameters as SQLInputValue[])),
      iterate: (parameters: readonly unknown[]) =>
        statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
    };
  };
  return new SqliteDialect({
    database: {
      prepare(text: string) {
        let statement = statements.get(text);
        if (statement === undefined) {
          if (statements.size >= MAX_STATEMENTS) statements.clear();
          statement = wrap(text);
          statements.set(text, statement);
        }
        return statement;
      },
      close: () => {
        statements.clear();
        sqlite.close();
      },
    },
  });
}

const MAX_STATEMENTS = 500;
