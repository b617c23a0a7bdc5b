import type { Transaction } from 'kysely';
import type { AuditVerdict } from '../../contracts/api/account.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../storage/sql/database.ts';
import { type AuditPage, type AuditRecord, appendEntry, readPage, verifyChain } from './store.ts';

/** The append-only, hash-chained log of what people did. */
export type Audit = {
  /** Writes one entry inside the very transaction that makes the change, so that neither exists without the other. */
  record<Tables>(change: Transaction<Tables>, entry: AuditRecord): Promise<void>;
  /** Newest first; `before` is the `seq` to go on under. */
  list(query: { before?: number | undefined; limit: number }): Promise<AuditPage>;
  /** Recomputes the whole chain. `firstBroken` is the `seq` of the first entry that was altered, removed or slipped in. */
  verify(): Promise<AuditVerdict>;
};

export function createAudit(deps: { database: Database; clock: Clock }): Audit {
  return {
    record: (change, entry) => appendEntry(change, deps.clock.now(), entry),
    list: (query) => readPage(deps.database, query),
    verify: () => verifyChain(deps.database),
  };
}
