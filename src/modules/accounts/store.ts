import type { Kysely } from 'kysely';
import type { Account } from '../../contracts/api/account.ts';

/** Times are Unix milliseconds; `*_hash` are hex SHA-256 except the pass phrase's (PHC string); `totp_*` secrets are sealed. */
export type AccountsTables = {
  business: { id: 1; name: string };
  accounts: {
    id: string;
    /** Lower case. */
    email: string;
    name: string;
    role: 'owner';
    passphrase_hash: string;
    totp_secret: string | null;
    /** Shown to the owner but not yet confirmed. */
    totp_offer: string | null;
    /** RFC 6238 time step of the last code that was accepted. */
    totp_last_step: number | null;
    created_at: number;
  };
  recovery_codes: { hash: string; account_id: string; used_at: number | null };
  account_sessions: {
    id: string;
    account_id: string;
    token_hash: string;
    created_at: number;
    last_seen_at: number;
    address: string;
    device: string;
  };
  api_tokens: {
    id: string;
    name: string;
    access: 'read' | 'change';
    token_hash: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
  };
  sign_in_attempts: { subject: string; failures: number; last_at: number; locked_until: number };
};

export type AccountRow = AccountsTables['accounts'];
export type AccountsDb = Kysely<AccountsTables>;

/** E-mail addresses as they are compared: nobody tells `Anna@` from `anna@`. */
export const emailKey = (email: string) => email.trim().toLowerCase();

export function accountByEmail(db: AccountsDb, email: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('email', '=', emailKey(email)).executeTakeFirst();
}

export function accountById(db: AccountsDb, id: string): Promise<AccountRow | undefined> {
  return db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function businessName(db: AccountsDb): Promise<string | null> {
  return (await db.selectFrom('business').select('name').executeTakeFirst())?.name ?? null;
}

/** The account as its owner sees it. */
export async function shownAccount(db: AccountsDb, row: AccountRow): Promise<Account> {
  const codes = await db
    .selectFrom('recovery_codes')
    .select((select) => select.fn.countAll<number>().as('left'))
    .where('account_id', '=', row.id)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    totpEnabled: row.totp_secret !== null,
    recoveryCodesLeft: codes.left,
  };
}
