import { createHmac } from 'node:crypto';
import type { Session } from '../../contracts/api/account.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId, newToken, tokenHash } from '../../platform/crypto/token.ts';
import type { Audit } from '../audit/index.ts';
import { deviceWords } from './device-words.ts';
import type { AccountRow, AccountsDb } from './store.ts';

/** Where a request comes from, for the list of sessions and the lock-out. */
export type Origin = { address: string; userAgent: string | undefined };
/** What the browser gets: `token` for the cookie, `csrf` for the `X-CSRF-Token` header. Neither is stored. */
export type StartedSession = { id: string; token: string; csrf: string };
export type FoundSession = { id: string; accountId: string; csrf: string; actor: Actor };

export type Sessions = {
  /** Begins a session with a token of its own, inside the change that let the person in. */
  start(change: AccountsDb, account: AccountRow, origin: Origin): Promise<StartedSession>;
  /** The session of a cookie, or `null` when there is none, or none any more. */
  find(token: string): Promise<FoundSession | null>;
  list(accountId: string, currentId: string | null): Promise<Session[]>;
  /** Throws `AppError('session-unknown')`. */
  end(actor: Actor, accountId: string, id: string): Promise<void>;
  endOthers(actor: Actor, accountId: string, keepId: string | null): Promise<void>;
};

export function createSessions(deps: { db: AccountsDb; clock: Clock; audit: Audit }): Sessions {
  const { db, clock, audit } = deps;
  const live = (from: AccountsDb, now: number) =>
    from
      .selectFrom('account_sessions')
      .where('account_sessions.last_seen_at', '>', now - IDLE_MS)
      .where('account_sessions.created_at', '>', now - ABSOLUTE_MS);

  return {
    async start(change, account, origin) {
      const now = clock.now();
      await change
        .deleteFrom('account_sessions')
        .where((row) => row.or([row('last_seen_at', '<=', now - IDLE_MS), row('created_at', '<=', now - ABSOLUTE_MS)]))
        .execute();
      const id = newId('ses');
      const token = newToken('nls_');
      await change
        .insertInto('account_sessions')
        .values({
          id,
          account_id: account.id,
          token_hash: tokenHash(token),
          created_at: now,
          last_seen_at: now,
          address: origin.address,
          device: deviceWords(origin.userAgent),
        })
        .execute();
      return { id, token, csrf: csrfOf(token) };
    },

    async find(token) {
      const now = clock.now();
      const row = await live(db, now)
        .innerJoin('accounts', 'accounts.id', 'account_sessions.account_id')
        .select(['account_sessions.id', 'account_sessions.last_seen_at', 'accounts.id as accountId', 'accounts.name'])
        .where('account_sessions.token_hash', '=', tokenHash(token))
        .executeTakeFirst();
      if (row === undefined) return null;
      if (now - row.last_seen_at >= SEEN_EVERY_MS) {
        await db.updateTable('account_sessions').set({ last_seen_at: now }).where('id', '=', row.id).execute();
      }
      const actor: Actor = { kind: 'account', id: row.accountId, name: row.name };
      return { id: row.id, accountId: row.accountId, csrf: csrfOf(token), actor };
    },

    async list(accountId, currentId) {
      const rows = await live(db, clock.now())
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('last_seen_at', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        current: row.id === currentId,
        createdAt: new Date(row.created_at).toISOString(),
        lastSeenAt: new Date(row.last_seen_at).toISOString(),
        address: row.address,
        device: row.device,
      }));
    },

    async end(actor, accountId, id) {
      await db.transaction().execute(async (change) => {
        const ended = await change
          .deleteFrom('account_sessions')
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .executeTakeFirst();
        if (ended.numDeletedRows === 0n) {
          throw new AppError('session-unknown', 'There is no such session; it may have ended already.', {
            status: 404,
            next: 'Load the list of sessions again.',
          });
        }
        await audit.record(change, { actor, action: 'session.end', subject: id });
      });
    },

    async endOthers(actor, accountId, keepId) {
      await db.transaction().execute(async (change) => {
        const ended = await change
          .deleteFrom('account_sessions')
          .where('account_id', '=', accountId)
          .where('id', '!=', keepId ?? '')
          .executeTakeFirst();
        const detail = { ended: Number(ended.numDeletedRows) };
        await audit.record(change, { actor, action: 'session.end-others', subject: accountId, detail });
      });
    },
  };
}

/** Bound to the session by being made from its token; knowing it does not help to find the token. */
const csrfOf = (token: string) => createHmac('sha256', token).update('csrf').digest('base64url');

const DAY_MS = 24 * 60 * 60_000;
const IDLE_MS = 14 * DAY_MS;
const ABSOLUTE_MS = 90 * DAY_MS;
const SEEN_EVERY_MS = 60_000;
