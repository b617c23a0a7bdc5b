import type { ApiToken, ApiTokenCreated, ApiTokenRequest } from '../../contracts/api/account.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { newId, newToken, tokenHash } from '../../platform/crypto/token.ts';
import type { Audit } from '../audit/index.ts';
import type { AccountsDb, AccountsTables } from './store.ts';

/** Tokens with which scripts use the API (`nlt_…`). Only their hash is stored. */
export type ApiTokens = {
  create(actor: Actor, request: ApiTokenRequest): Promise<ApiTokenCreated>;
  list(): Promise<ApiToken[]>;
  /** Throws `AppError('token-unknown')`. */
  revoke(actor: Actor, id: string): Promise<void>;
  /** Who a token stands for, or `null` when it is unknown, revoked or has expired. */
  find(token: string): Promise<{ actor: Actor; access: 'read' | 'change' } | null>;
};

export function createApiTokens(deps: { db: AccountsDb; clock: Clock; audit: Audit }): ApiTokens {
  const { db, clock, audit } = deps;
  return {
    async create(actor, request) {
      const now = clock.now();
      const token = newToken(PREFIX);
      const row = {
        id: newId('tok'),
        name: request.name,
        access: request.access,
        token_hash: tokenHash(token),
        created_at: now,
        expires_at: request.expiresInDays === null ? null : now + request.expiresInDays * DAY_MS,
        last_used_at: null,
      };
      await db.transaction().execute(async (change) => {
        await change.insertInto('api_tokens').values(row).execute();
        const detail = { name: request.name, access: request.access, expiresInDays: request.expiresInDays };
        await audit.record(change, { actor, action: 'token.create', subject: row.id, detail });
      });
      return { ...shown(row), token };
    },

    async list() {
      const rows = await db.selectFrom('api_tokens').selectAll().orderBy('created_at', 'desc').execute();
      return rows.map(shown);
    },

    async revoke(actor, id) {
      await db.transaction().execute(async (change) => {
        const row = await change.deleteFrom('api_tokens').where('id', '=', id).returning('name').executeTakeFirst();
        if (row === undefined) {
          throw new AppError('token-unknown', 'There is no such API token; it may be revoked already.', {
            status: 404,
            next: 'Load the list of tokens again.',
          });
        }
        await audit.record(change, { actor, action: 'token.revoke', subject: id, detail: { name: row.name } });
      });
    },

    async find(token) {
      if (!token.startsWith(PREFIX)) return null;
      const now = clock.now();
      const row = await db
        .selectFrom('api_tokens')
        .selectAll()
        .where('token_hash', '=', tokenHash(token))
        .executeTakeFirst();
      if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return null;
      if (row.last_used_at === null || Math.abs(now - row.last_used_at) >= USED_EVERY_MS) {
        await db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', row.id).execute();
      }
      return { actor: { kind: 'token', id: row.id, name: row.name }, access: row.access };
    },
  };
}

const shown = (row: AccountsTables['api_tokens']): ApiToken => ({
  id: row.id,
  name: row.name,
  access: row.access,
  createdAt: new Date(row.created_at).toISOString(),
  expiresAt: iso(row.expires_at),
  lastUsedAt: iso(row.last_used_at),
});

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
const PREFIX = 'nlt_';
const DAY_MS = 24 * 60 * 60_000;
const USED_EVERY_MS = 60_000;
