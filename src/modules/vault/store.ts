import type { Kysely, Transaction } from 'kysely';
import type { GatewayConfig } from '../../contracts/config/gateway-config.ts';
import type { SnapshotKey } from '../../contracts/snapshot/snapshot-consumer.ts';

/** `scopes` is a JSON list, `attributes` a JSON object, `extras` what the console has no field for (passwords, certificates). */
export type ConsumerRow = {
  name: string;
  scopes: string;
  attributes: string;
  position: number;
  created_at: number;
  extras: string;
};

/** `hash` is the hex SHA-256 of the whole key; `scopes` a JSON list, or null for all of the consumer's. */
export type KeyRow = {
  id: string;
  consumer: string;
  hash: string;
  hint: string;
  scopes: string | null;
  position: number;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
  /** Id of the key that took its place. */
  replaced_by: string | null;
  replaced_at: number | null;
  /** 1: it was revoked because strangers have seen it. */
  leaked: number;
};

export type VaultTables = { consumers: ConsumerRow; api_keys: KeyRow };
export type VaultDb = Kysely<VaultTables>;
type ConsumerConfig = NonNullable<GatewayConfig['consumers']>[number];
type KeyConfig = NonNullable<ConsumerConfig['keys']>[number];

/** The slice's tables inside a change that others take part in: the connection is the same, only the types differ. */
export const vaultTablesOf = <Tables>(change: Transaction<Tables> | Kysely<Tables>) => change as unknown as VaultDb;

export const readConsumers = (db: VaultDb) =>
  db.selectFrom('consumers').selectAll().orderBy('position').orderBy('name').execute();

export const readKeys = (db: VaultDb) =>
  db.selectFrom('api_keys').selectAll().orderBy('consumer').orderBy('position').orderBy('id').execute();

export const listOf = (json: string) => JSON.parse(json) as string[];

/** All consumers with their keys, as the configuration writes them; revoked keys are no longer among them. */
export async function readConsumerConfigs<Tables>(
  change: Transaction<Tables> | Kysely<Tables>,
): Promise<ConsumerConfig[]> {
  const db = vaultTablesOf(change);
  const valid = (await readKeys(db)).filter((key) => key.revoked_at === null);
  const keys = Map.groupBy(valid, (key) => key.consumer);
  return (await readConsumers(db)).map((consumer) => {
    const attributes = JSON.parse(consumer.attributes) as Record<string, string>;
    const scopes = listOf(consumer.scopes);
    const own = (keys.get(consumer.name) ?? []).map(toKeyConfig);
    return {
      name: consumer.name,
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
      ...(scopes.length === 0 ? {} : { scopes }),
      ...(own.length === 0 ? {} : { keys: own }),
      ...(JSON.parse(consumer.extras) as Partial<ConsumerConfig>),
    };
  });
}

function toKeyConfig(row: KeyRow): KeyConfig {
  return {
    id: row.id,
    hash: `sha256:${row.hash}`,
    ...(row.expires_at === null ? {} : { expires: new Date(row.expires_at).toISOString() }),
    ...(row.scopes === null ? {} : { scopes: listOf(row.scopes) }),
  };
}

/** Keys revoked after `since` (Unix milliseconds), for the snapshot: so the record can say "revoked" instead of "unknown". */
export async function readRevokedKeys<Tables>(
  change: Transaction<Tables> | Kysely<Tables>,
  since: number,
): Promise<SnapshotKey[]> {
  const rows = await vaultTablesOf(change)
    .selectFrom('api_keys')
    .selectAll()
    .where('revoked_at', '>=', since)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    consumer: row.consumer,
    hash: row.hash,
    expiresAt: row.expires_at,
    revoked: true,
    scopes: row.scopes === null ? null : listOf(row.scopes),
  }));
}
