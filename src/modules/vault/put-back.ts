import type { Transaction } from 'kysely';
import { readConsumers, readKeys, vaultTablesOf } from './store.ts';

/** Takes down every consumer and key as it is now. What it answers with puts them back exactly so, within another change. */
export async function takeDownConsumers<Tables>(change: Transaction<Tables>) {
  const consumers = await readConsumers(vaultTablesOf(change));
  const keys = await readKeys(vaultTablesOf(change));
  return async <Later>(later: Transaction<Later>): Promise<void> => {
    const db = vaultTablesOf(later);
    await db.deleteFrom('api_keys').execute();
    await db.deleteFrom('consumers').execute();
    for (let at = 0; at < consumers.length; at += ROWS_AT_ONCE) {
      await db
        .insertInto('consumers')
        .values(consumers.slice(at, at + ROWS_AT_ONCE))
        .execute();
    }
    for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) {
      await db
        .insertInto('api_keys')
        .values(keys.slice(at, at + ROWS_AT_ONCE))
        .execute();
    }
  };
}

const ROWS_AT_ONCE = 100;
