import type { ConsumerInput } from '../../contracts/api/front-door.ts';
import { AppError } from '../../platform/app-error.ts';
import type { ConsumerRow, KeyRow, VaultDb } from './store.ts';

/** One consumer or key inside a change; what is not there throws `consumer-unknown`, `key-unknown`. */
export async function insertConsumer(tx: VaultDb, input: ConsumerInput, now: number): Promise<ConsumerRow> {
  const last = await tx
    .selectFrom('consumers')
    .select('position')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row: ConsumerRow = {
    name: input.name,
    scopes: JSON.stringify([...new Set(input.scopes)]),
    attributes: JSON.stringify(input.attributes),
    position: (last?.position ?? -1) + 1,
    created_at: now,
    extras: '{}',
  };
  await tx.insertInto('consumers').values(row).execute();
  return row;
}

export const consumerOf = (db: VaultDb, name: string) =>
  db.selectFrom('consumers').selectAll().where('name', '=', name).executeTakeFirst();

export async function knownKey(db: VaultDb, id: string): Promise<KeyRow> {
  const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw unknown('key-unknown', 'This key is not there any more.');
  return row;
}

export async function knownConsumer(db: VaultDb, name: string): Promise<ConsumerRow> {
  const row = await consumerOf(db, name);
  if (row === undefined) throw unknown('consumer-unknown', `Nobody is called "${name}" here.`);
  return row;
}

const unknown = (code: string, message: string) =>
  new AppError(code, message, { status: 404, next: 'Look at the list again.' });
