import type { Consumer, Key } from '../../contracts/api/front-door.ts';
import { type ConsumerRow, type KeyRow, listOf } from './store.ts';

/** A key as it is shown; `lastUsedAt` in Unix milliseconds. */
export const presentKey = (row: KeyRow, consumer: ConsumerRow | undefined, lastUsedAt: number | null): Key => ({
  id: row.id,
  consumer: row.consumer,
  hint: row.hint,
  scopes: row.scopes === null ? listOf(consumer?.scopes ?? '[]') : listOf(row.scopes),
  createdAt: iso(row.created_at),
  expiresAt: isoOrNull(row.expires_at),
  revokedAt: isoOrNull(row.revoked_at),
  lastUsedAt: isoOrNull(lastUsedAt),
  replacedBy: row.replaced_by,
  replacedAt: isoOrNull(row.replaced_at),
  leaked: row.leaked === 1,
});

/** `keys` are all that the consumer has. */
export const presentConsumer = (row: ConsumerRow, keys: readonly KeyRow[]): Consumer => ({
  name: row.name,
  scopes: listOf(row.scopes),
  attributes: JSON.parse(row.attributes) as Record<string, string>,
  keyCount: keys.filter((key) => key.revoked_at === null).length,
  createdAt: iso(row.created_at),
});

const iso = (time: number) => new Date(time).toISOString();
const isoOrNull = (time: number | null) => (time === null ? null : iso(time));
