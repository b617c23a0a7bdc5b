import type { SignInRequest } from '../../contracts/api/account.ts';
import { type Actor, SYSTEM } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import { hashPassphrase, isOutdated, verifyPassphrase } from '../../platform/crypto/passphrase-hash.ts';
import type { Audit } from '../audit/index.ts';
import type { Attempt, LockOut } from './lock-out.ts';
import { type SecondStep, wrongCode } from './second-step.ts';
import type { Origin, Sessions, StartedSession } from './sessions.ts';
import { type AccountRow, type AccountsDb, accountByEmail } from './store.ts';

type Deps = { db: AccountsDb; audit: Audit; lockOut: LockOut; secondStep: SecondStep; sessions: Sessions };
export type SignedInAccount = { account: AccountRow; session: StartedSession };
export type SignIn = (request: SignInRequest, origin: Origin, replaces: string | null) => Promise<SignedInAccount>;

/**
 * Pass phrase, then the second step when it is on. `replaces` is the session that the browser had before; it ends. Throws
 * `sign-in-failed` (never saying which half was wrong), `second-step-needed`, `second-step-wrong`, `sign-in-paused`.
 */
export function createSignIn({ db, audit, lockOut, secondStep, sessions }: Deps): SignIn {
  // An unknown account costs the same time as a known one: its pass phrase is compared with this one's hash.
  const nobody = hashPassphrase('the pass phrase of an account that does not exist');

  async function fail(attempt: Attempt, account: AccountRow | undefined, origin: Origin, reason: string) {
    await db.transaction().execute((change) =>
      audit.record(change, {
        actor: SYSTEM,
        action: 'session.refuse',
        subject: account?.id ?? 'unknown account',
        detail: { reason, address: origin.address, pausedForSeconds: attempt.pausedFor },
      }),
    );
  }

  return async (request, origin, replaces) => {
    const attempt = await lockOut.begin(request.email, origin.address);
    const account = await accountByEmail(db, request.email);
    const good = await verifyPassphrase(request.passphrase, account?.passphrase_hash ?? (await nobody));
    if (account === undefined || !good) {
      await fail(attempt, account, origin, 'pass phrase');
      throw refused();
    }
    const code = request.code?.trim() ?? '';
    if (account.totp_secret !== null && code === '') {
      await attempt.withdraw();
      throw new AppError('second-step-needed', 'This account has an extra sign-in step.', {
        status: 401,
        next: 'Send the six digits of the authenticator app, or a recovery code, as "code".',
      });
    }
    const renewed = isOutdated(account.passphrase_hash) ? await hashPassphrase(request.passphrase) : null;
    const actor: Actor = { kind: 'account', id: account.id, name: account.name };
    const session = await db.transaction().execute(async (change) => {
      const step = account.totp_secret === null ? 'none' : await secondStep.accept(change, account, code);
      if (step === null) return null;
      if (renewed !== null) {
        await change
          .updateTable('accounts')
          .set({ passphrase_hash: renewed })
          .where('id', '=', account.id)
          .where('passphrase_hash', '=', account.passphrase_hash)
          .execute();
      }
      if (replaces !== null) await change.deleteFrom('account_sessions').where('id', '=', replaces).execute();
      const started = await sessions.start(change, account, origin);
      const detail = { address: origin.address, secondStep: step };
      await audit.record(change, { actor, action: 'session.start', subject: started.id, detail });
      return started;
    });
    if (session === null) {
      await fail(attempt, account, origin, 'second step');
      throw wrongCode();
    }
    await attempt.clear();
    return { account, session };
  };
}

function refused(): AppError {
  return new AppError('sign-in-failed', 'E-mail address and pass phrase do not fit together.', {
    status: 401,
    next: 'Check both and try again.',
  });
}
