import { type Answer, json, Refusal } from './answers.ts';
import type { Shop } from './shop.ts';

const isDatabaseError = (error: Error): boolean => 'code' in error && error.code === 'ERR_SQLITE_ERROR';

/** The answer for whatever went wrong. */
export function errorAnswer(shop: Shop, error: unknown): Answer {
  if (error instanceof Refusal) return json({ error: error.code, message: error.message }, error.status, error.headers);
  const known = error instanceof Error ? error : new Error(String(error));
  // WEAKNESS errors-show-sql: the database's own words, a map of the tables for whoever reads on.
  if (isDatabaseError(known) && shop.weak('errors-show-sql')) {
    return json({ error: 'database', message: `SQLite error: ${known.message}` }, 500);
  }
  // WEAKNESS errors-show-stack: file names, line numbers and versions.
  if (!isDatabaseError(known) && shop.weak('errors-show-stack')) {
    return json({ error: 'crash', message: known.message, stack: known.stack }, 500);
  }
  return json({ error: 'internal', message: 'Something went wrong on our side.' }, 500);
}
