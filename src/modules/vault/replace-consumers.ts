import type { Transaction } from 'kysely';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { SnapshotKey } from '../../contracts/snapshot/snapshot-consumer.ts';
import { type ConsumerRow, type KeyRow, readConsumers, readKeys, vaultTablesOf } from './store.ts';

/**
 * Puts the consumers and keys of a configuration in the place of all that are there. `compiled` are its keys as compiled, in the
 * same order: they hold the moment at which a date ends. What a configuration does not say (hint, last use, when something was
 * made) stays with consumers of the same name and keys of the same hash.
 */
export async function replaceConsumers<Tables>(
  change: Transaction<Tables>,
  config: GatewayConfig,
  compiled: readonly SnapshotKey[],
  now: number,
): Promise<{ consumers: number; keys: number }> {
  const db = vaultTablesOf(change);
  const consumersBefore = new Map((await readConsumers(db)).map((consumer) => [consumer.name, consumer]));
  const keysBefore = new Map((await readKeys(db)).map((key) => [key.hash, key]));
  await db.deleteFrom('api_keys').execute();
  await db.deleteFrom('consumers').execute();
  const consumers = config.consumers ?? [];
  const consumerRows = consumers.map(
    ({ name, scopes, attributes, keys: _keys, ...extras }, position): ConsumerRow => ({
      name,
      scopes: JSON.stringify(scopes ?? []),
      attributes: JSON.stringify(attributes ?? {}),
      position,
      created_at: consumersBefore.get(name)?.created_at ?? now,
      extras: JSON.stringify(extras),
    }),
  );
  const keyRows = compiled.map((key, position): KeyRow => {
    const before = keysBefore.get(key.hash);
    return {
      // Two consumers may each have a key "k1"; the compiled id tells them apart by "consumer/k1", which is no name of its own.
      id: key.id.replace('/', '.').slice(0, MAX_ID),
      consumer: key.consumer,
      hash: key.hash,
      hint: before?.hint ?? `sha256:${key.hash.slice(0, 8)}…`,
      scopes: key.scopes === null ? null : JSON.stringify(key.scopes),
      position,
      created_at: before?.created_at ?? now,
      expires_at: key.expiresAt,
      revoked_at: null,
      last_used_at: before?.last_used_at ?? null,
      replaced_by: before?.replaced_by ?? null,
      replaced_at: before?.replaced_at ?? null,
      leaked: 0,
    };
  });
  for (let at = 0; at < consumerRows.length; at += ROWS_AT_ONCE) {
    await db
      .insertInto('consumers')
      .values(consumerRows.slice(at, at + ROWS_AT_ONCE))
      .execute();
  }
  for (let at = 0; at < keyRows.length; at += ROWS_AT_ONCE) {
    await db
      .insertInto('api_keys')
      .values(keyRows.slice(at, at + ROWS_AT_ONCE))
      .execute();
  }
  return { consumers: consumers.length, keys: compiled.length };
}

const MAX_ID = 64;
const ROWS_AT_ONCE = 100;
