import { AppError } from '../../platform/app-error.ts';
import { issueKey } from './issue-key.ts';
import type { KeyRow, VaultDb } from './store.ts';

const HOUR_MS = 3_600_000;

export type Replaced = { old: KeyRow; made: KeyRow; secret: string };

/**
 * Makes a key that can do what `row` can, for as long as that was made for, and lets the old one go on for `overlapHours`, never
 * longer than it would have. Throws `key-replaced`, `key-revoked`.
 */
export async function replaceKey(tx: VaultDb, row: KeyRow, overlapHours: number, now: number): Promise<Replaced> {
  if (row.revoked_at !== null) {
    throw conflict('key-revoked', 'This key is revoked already.', 'Make a new key instead.');
  }
  if (row.replaced_by !== null) {
    throw conflict('key-replaced', 'This key has been replaced already.', 'Replace the key that took its place.');
  }
  const expires_at = row.expires_at === null ? null : now + (row.expires_at - row.created_at);
  const { row: made, secret } = await issueKey(tx, { consumer: row.consumer, scopes: row.scopes, expires_at }, now);
  const end = now + overlapHours * HOUR_MS;
  const old: KeyRow = {
    ...row,
    replaced_by: made.id,
    replaced_at: now,
    ...(overlapHours === 0 ? { revoked_at: now } : { expires_at: Math.min(end, row.expires_at ?? end) }),
  };
  await tx.updateTable('api_keys').set(old).where('id', '=', row.id).execute();
  return { old, made, secret };
}

/** Ends a key that strangers have seen, and with `replace` gives a new one for it. Throws `key-replaced`, `key-revoked`. */
export async function endLeakedKey(
  tx: VaultDb,
  row: KeyRow,
  replace: boolean,
  now: number,
): Promise<Pick<Replaced, 'old'> & Partial<Replaced>> {
  const done = replace ? await replaceKey(tx, row, 0, now) : { old: { ...row, revoked_at: row.revoked_at ?? now } };
  const old = { ...done.old, leaked: 1 };
  await tx.updateTable('api_keys').set(old).where('id', '=', row.id).execute();
  return { ...done, old };
}

const conflict = (code: string, message: string, next: string) => new AppError(code, message, { status: 409, next });
