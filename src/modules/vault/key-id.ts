import { newReadableCode } from '../../platform/crypto/readable-code.ts';
import type { VaultDb } from './store.ts';

/** A short id that can be read out on the telephone and is not in use: `k_7k3mq0zd`. It stands in the record in the key's place. */
export async function newKeyId(db: VaultDb): Promise<string> {
  for (;;) {
    const id = `k_${newReadableCode(2).replace('-', '').toLowerCase()}`;
    const taken = await db.selectFrom('api_keys').select('id').where('id', '=', id).executeTakeFirst();
    if (taken === undefined) return id;
  }
}
