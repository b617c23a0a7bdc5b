import { createHash } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { toString as qrCode } from 'qrcode';
import type { TotpOffer } from '../../contracts/api/account.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { newReadableCode, normaliseReadableCode } from '../../platform/crypto/readable-code.ts';
import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import type { Audit } from '../audit/index.ts';
import { type AccountRow, type AccountsDb, businessName } from './store.ts';

/** The extra sign-in step: codes of an authenticator app (TOTP, RFC 6238) and recovery codes for the day the phone is gone. */
export type SecondStep = {
  /** A new secret, in force only once confirmed. Throws `AppError('totp-enabled')` when there is one already. */
  offer(account: AccountRow): Promise<TotpOffer>;
  /** Puts the offered secret in force; answers recovery codes. Throws `totp-not-offered` or `second-step-wrong`. */
  confirm(actor: Actor, account: AccountRow, code: string): Promise<string[]>;
  remove(actor: Actor, account: AccountRow): Promise<void>;
  /** Ten new recovery codes; the old ones are void. Throws `totp-not-enabled`. */
  renewRecoveryCodes(actor: Actor, account: AccountRow): Promise<string[]>;
  /** Uses up a code of the app or a recovery code; false when it is neither, or was used before. */
  accept(change: AccountsDb, account: AccountRow, code: string): Promise<'app' | 'recovery' | null>;
};

type Deps = { db: AccountsDb; clock: Clock; audit: Audit; secretBox: SecretBox };

export function createSecondStep({ db, clock, audit, secretBox }: Deps): SecondStep {
  /** The time step that a code is good for, or `null`. One step early or late is accepted: clocks differ. */
  function stepOf(secret: string, code: string): number | null {
    const token = code.replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return null;
    const verdict = verifySync({
      secret,
      token,
      epoch: Math.floor(clock.now() / 1000),
      epochTolerance: PERIOD_SECONDS,
    });
    return verdict.valid && 'timeStep' in verdict ? verdict.timeStep : null;
  }

  async function newRecoveryCodes(change: AccountsDb, accountId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => newReadableCode(RECOVERY_GROUPS));
    await change.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute();
    const rows = codes.map((code) => ({ account_id: accountId, hash: recoveryHash(code), used_at: null }));
    await change.insertInto('recovery_codes').values(rows).execute();
    return codes;
  }

  async function acceptRecoveryCode(change: AccountsDb, accountId: string, code: string): Promise<boolean> {
    const used = await change
      .updateTable('recovery_codes')
      .set({ used_at: clock.now() })
      .where('account_id', '=', accountId)
      .where('hash', '=', recoveryHash(code))
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return used.numUpdatedRows === 1n;
  }

  return {
    async offer(account) {
      if (account.totp_secret !== null) {
        throw new AppError('totp-enabled', 'The extra sign-in step is already on.', {
          status: 409,
          next: 'Remove it first to set up another device.',
        });
      }
      const secret = generateSecret({ length: SECRET_BYTES });
      const sealed = secretBox.seal(secret, sealContext(account));
      await db.updateTable('accounts').set({ totp_offer: sealed }).where('id', '=', account.id).execute();
      const issuer = `Nightlatch ${(await businessName(db)) ?? ''}`.trim();
      const uri = generateURI({ issuer, label: account.email, secret });
      return { secret, uri, qrSvg: await qrCode(uri, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }) };
    },

    async confirm(actor, account, code) {
      if (account.totp_offer === null) {
        throw new AppError('totp-not-offered', 'No extra sign-in step is being set up.', {
          status: 409,
          next: 'Begin again and scan the new code.',
        });
      }
      const offer = account.totp_offer;
      const step = stepOf(secretBox.open(offer, sealContext(account)), code);
      if (step === null) throw wrongCode();
      return db.transaction().execute(async (change) => {
        const on = await change
          .updateTable('accounts')
          .set({ totp_secret: offer, totp_offer: null, totp_last_step: step })
          .where('id', '=', account.id)
          .where('totp_offer', '=', offer)
          .executeTakeFirst();
        if (on.numUpdatedRows === 0n) throw wrongCode();
        await audit.record(change, { actor, action: 'totp.enable', subject: account.id });
        return newRecoveryCodes(change, account.id);
      });
    },

    async remove(actor, account) {
      await db.transaction().execute(async (change) => {
        const off = { totp_secret: null, totp_offer: null, totp_last_step: null };
        await change.updateTable('accounts').set(off).where('id', '=', account.id).execute();
        await change.deleteFrom('recovery_codes').where('account_id', '=', account.id).execute();
        await audit.record(change, { actor, action: 'totp.remove', subject: account.id });
      });
    },

    async renewRecoveryCodes(actor, account) {
      if (account.totp_secret === null) {
        throw new AppError('totp-not-enabled', 'The extra sign-in step is not on.', {
          status: 409,
          next: 'Set it up first; recovery codes come with it.',
        });
      }
      return db.transaction().execute(async (change) => {
        await audit.record(change, { actor, action: 'recovery-codes.renew', subject: account.id });
        return newRecoveryCodes(change, account.id);
      });
    },

    async accept(change, account, code) {
      if (account.totp_secret === null) return null;
      const step = stepOf(secretBox.open(account.totp_secret, sealContext(account)), code);
      if (step === null) return (await acceptRecoveryCode(change, account.id, code)) ? 'recovery' : null;
      const used = await change
        .updateTable('accounts')
        .set({ totp_last_step: step })
        .where('id', '=', account.id)
        .where((row) => row.or([row('totp_last_step', 'is', null), row('totp_last_step', '<', step)]))
        .executeTakeFirst();
      return used.numUpdatedRows === 1n ? 'app' : null;
    },
  };
}

export function wrongCode(): AppError {
  return new AppError('second-step-wrong', 'This code is not accepted.', {
    status: 401,
    next: 'Wait for the next code in the app, or use a recovery code that was not used before.',
  });
}

const sealContext = (account: AccountRow) => `accounts.totp:${account.id}`;
const recoveryHash = (code: string) => createHash('sha256').update(normaliseReadableCode(code)).digest('hex');

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
const RECOVERY_GROUPS = 4;
