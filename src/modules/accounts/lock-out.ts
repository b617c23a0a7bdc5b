import { createHash } from 'node:crypto';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AccountsDb, emailKey } from './store.ts';

/**
 * Growing delays after failed sign-ins, for the account named (whether it exists or not) and for the address. An attempt is
 * counted before the pass phrase is looked at, so that many at once gain nothing, and taken back when it was good.
 */
export type LockOut = {
  /** Counts an attempt. Throws `AppError('sign-in-paused')` with `retryAfter` while one of the two is locked. */
  begin(email: string, address: string): Promise<Attempt>;
};
export type Attempt = {
  /** It was good: forget the failures. */
  clear(): Promise<void>;
  /** It was neither good nor bad (the second step is still to come): as if it had not been. */
  withdraw(): Promise<void>;
  /** Seconds for which sign-in is paused from now on, 0 when it is not. */
  readonly pausedFor: number;
};

type Limit = { subject: string; free: number; maxLockMs: number };

export function createLockOut(deps: { db: AccountsDb; clock: Clock }): LockOut {
  const { db, clock } = deps;

  async function count(change: AccountsDb, limit: Limit, now: number): Promise<number> {
    const found = await change
      .selectFrom('sign_in_attempts')
      .selectAll()
      .where('subject', '=', limit.subject)
      .executeTakeFirst();
    const left = (found?.locked_until ?? 0) - now;
    // A longer wait than any that is ever set means that the clock was set back: it must not shut the owner out.
    if (left > 0 && left <= limit.maxLockMs) throw paused(left);
    const before = found === undefined || now - found.last_at > FORGET_MS ? 0 : found.failures;
    const failures = before + 1;
    const lock = failures < limit.free ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failures - limit.free), limit.maxLockMs);
    const row = { failures, last_at: now, locked_until: lock === 0 ? 0 : now + lock };
    await change
      .insertInto('sign_in_attempts')
      .values({ subject: limit.subject, ...row })
      .onConflict((conflict) => conflict.column('subject').doUpdateSet(row))
      .execute();
    return lock;
  }

  return {
    async begin(email, address) {
      const limits = limitsOf(email, address);
      const subjects = limits.map((limit) => limit.subject);
      const now = clock.now();
      const locks = await db.transaction().execute(async (change) => {
        await change
          .deleteFrom('sign_in_attempts')
          .where('last_at', '<', now - FORGET_MS)
          .execute();
        const all: number[] = [];
        for (const limit of limits) all.push(await count(change, limit, now));
        return all;
      });
      return {
        pausedFor: Math.ceil(Math.max(...locks) / 1000),
        clear: async () => {
          await db.deleteFrom('sign_in_attempts').where('subject', 'in', subjects).execute();
        },
        withdraw: async () => {
          await db
            .updateTable('sign_in_attempts')
            .set((row) => ({ failures: row('failures', '-', 1), locked_until: 0 }))
            .where('subject', 'in', subjects)
            .where('failures', '>', 0)
            .execute();
        },
      };
    },
  };
}

// The account is named by a hash: what people type into the field is not always an e-mail address.
const limitsOf = (email: string, address: string): readonly Limit[] => [
  { subject: `account:${createHash('sha256').update(emailKey(email)).digest('hex')}`, free: 5, maxLockMs: 15 * 60_000 },
  { subject: `address:${address}`, free: 10, maxLockMs: 60 * 60_000 },
];

function paused(ms: number): AppError {
  const seconds = Math.ceil(ms / 1000);
  return new AppError('sign-in-paused', 'Sign-in is paused after several failed attempts.', {
    status: 429,
    next: `Wait ${seconds} seconds, then try again.`,
    retryAfter: seconds,
  });
}

const FIRST_LOCK_MS = 30_000;
const FORGET_MS = 24 * 60 * 60_000;
