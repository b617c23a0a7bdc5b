import type { SetupRequest } from '../../contracts/api/account.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { equalInConstantTime } from '../../platform/crypto/equal.ts';
import { hashPassphrase } from '../../platform/crypto/passphrase-hash.ts';
import { newReadableCode, normaliseReadableCode } from '../../platform/crypto/readable-code.ts';
import { newId, tokenHash } from '../../platform/crypto/token.ts';
import type { Audit } from '../audit/index.ts';
import type { Origin, Sessions } from './sessions.ts';
import type { SignedInAccount } from './sign-in.ts';
import { type AccountsDb, emailKey } from './store.ts';

/** The first start: a one-time code on the terminal proves that whoever sets up the owner's account has the machine. */
export type FirstStart = {
  needed(): Promise<boolean>;
  /** A new code to print (the one before is void), or `null` when there is an owner. Only its hash stays, in memory. */
  offerCode(): Promise<string | null>;
  /** Throws `setup-done`, `setup-code-wrong`, `setup-code-spent`; the pass phrase was judged before. */
  setUp(request: SetupRequest, origin: Origin): Promise<SignedInAccount>;
  /** Throws unless the code is right; counts wrong ones. */
  proveCode(code: string): Promise<void>;
};

export function createFirstStart(deps: { db: AccountsDb; clock: Clock; audit: Audit; sessions: Sessions }): FirstStart {
  const { db, clock, audit, sessions } = deps;
  let codeHash: string | null = null;
  let attemptsLeft = 0;

  const needed = async () => (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) === undefined;

  return {
    needed,
    async offerCode() {
      if (!(await needed())) return null;
      const code = newReadableCode(CODE_GROUPS);
      codeHash = tokenHash(normaliseReadableCode(code));
      attemptsLeft = ATTEMPTS;
      return code;
    },
    async proveCode(code) {
      if (!(await needed())) throw done();
      if (codeHash === null || attemptsLeft === 0) {
        throw new AppError('setup-code-spent', 'The set-up code was tried wrongly too often.', {
          status: 429,
          next: 'Stop Nightlatch and start it again: it prints a new code.',
        });
      }
      attemptsLeft -= 1;
      if (!equalInConstantTime(tokenHash(normaliseReadableCode(code)), codeHash)) {
        throw new AppError('setup-code-wrong', 'This is not the set-up code.', {
          status: 403,
          next: 'Copy the code that Nightlatch printed at its last start.',
        });
      }
      attemptsLeft = ATTEMPTS;
    },
    async setUp(request, origin) {
      const account = {
        id: newId('acc'),
        email: emailKey(request.email),
        name: request.name,
        role: 'owner' as const,
        passphrase_hash: await hashPassphrase(request.passphrase),
        totp_secret: null,
        totp_offer: null,
        totp_last_step: null,
        created_at: clock.now(),
      };
      const session = await db.transaction().execute(async (change) => {
        const owner = await change.selectFrom('accounts').select('id').limit(1).executeTakeFirst();
        if (owner !== undefined) throw done();
        await change.insertInto('business').values({ id: 1, name: request.businessName }).execute();
        await change.insertInto('accounts').values(account).execute();
        const actor = { kind: 'account' as const, id: account.id, name: account.name };
        await audit.record(change, { actor, action: 'account.set-up', subject: account.id });
        return sessions.start(change, account, origin);
      });
      codeHash = null;
      return { account, session };
    },
  };
}

function done(): AppError {
  return new AppError('setup-done', 'This Nightlatch already has an owner.', { status: 409, next: 'Sign in instead.' });
}

const CODE_GROUPS = 3;
const ATTEMPTS = 10;
