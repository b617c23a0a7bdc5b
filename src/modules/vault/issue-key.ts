import { apiKeyHint, createApiKey, hashApiKey } from '../../platform/api-key.ts';
import { newKeyId } from './key-id.ts';
import type { KeyRow, VaultDb } from './store.ts';

type Wanted = Pick<KeyRow, 'consumer' | 'scopes' | 'expires_at'>;

/** Stores a new key, last in the order of its consumer's. The secret is in the answer and nowhere else. */
export async function issueKey(tx: VaultDb, wanted: Wanted, now: number): Promise<{ row: KeyRow; secret: string }> {
  const secret = createApiKey();
  const last = await tx
    .selectFrom('api_keys')
    .select('position')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row: KeyRow = {
    ...{ id: await newKeyId(tx), hash: hashApiKey(secret), hint: apiKeyHint(secret), ...wanted },
    ...{ position: (last?.position ?? -1) + 1, created_at: now, revoked_at: null, last_used_at: null },
    ...{ replaced_by: null, replaced_at: null, leaked: 0 },
  };
  await tx.insertInto('api_keys').values(row).execute();
  return { row, secret };
}
