import type { Account, PassphraseVerdict, SetupRequest, SignInRequest } from '../../contracts/api/account.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashPassphrase, verifyPassphrase } from '../../platform/crypto/passphrase-hash.ts';
import type { SecretBox } from '../../platform/crypto/secret-box.ts';
import type { Database } from '../../storage/sql/database.ts';
import type { Audit } from '../audit/index.ts';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import { createFirstStart, type FirstStart } from './first-start.ts';
import { createLockOut } from './lock-out.ts';
import { judgePassphrase } from './passphrase-judge.ts';
import { createSecondStep, type SecondStep } from './second-step.ts';
import { createSessions, type Origin, type Sessions } from './sessions.ts';
import { createSignIn, type SignedInAccount } from './sign-in.ts';
import { type SignedInAddress, SignedInFrom } from './signed-in-from.ts';
import { type AccountRow, type AccountsTables, accountById, businessName, shownAccount } from './store.ts';

/** The owner's account: first start, sign-in, sessions, extra sign-in step, and tokens for scripts. */
export type Accounts = {
  /** `needed` and `offerCode` are for the start; the set-up itself is `setUp`. */
  readonly firstStart: Pick<FirstStart, 'needed' | 'offerCode'>;
  readonly sessions: Omit<Sessions, 'start'>;
  readonly secondStep: Omit<SecondStep, 'accept'>;
  readonly tokens: ApiTokens;
  /** Throws `setup-*` of the first start and `passphrase-weak`. */
  setUp(request: SetupRequest, origin: Origin): Promise<SignedInAccount>;
  /** `replaces` is the id of the session that the browser has now, if any; it ends. */
  signIn(request: SignInRequest, origin: Origin, replaces: string | null): Promise<SignedInAccount>;
  judge(passphrase: string, email: string | undefined): Promise<PassphraseVerdict>;
  /** Throws `passphrase-wrong` or `sign-in-paused`. For what a stolen session must not do. */
  provePassphrase(account: AccountRow, passphrase: string, origin: Origin): Promise<void>;
  /** The current pass phrase was proved before. Ends all sessions but `keepSession`. Throws `passphrase-weak`. */
  changePassphrase(actor: Actor, account: AccountRow, next: string, keepSession: string | null): Promise<void>;
  account(id: string): Promise<AccountRow | undefined>;
  shown(account: AccountRow): Promise<Account>;
  businessName(): Promise<string | null>;
  /** From where somebody signed in within the last day, since this process began. */
  signedInFrom(): SignedInAddress[];
};

export type AccountsDeps = { database: Database; clock: Clock; audit: Audit; secretBox: SecretBox };

export function createAccounts({ database, clock, audit, secretBox }: AccountsDeps): Accounts {
  const db = database.tables<AccountsTables>();
  const sessions = createSessions({ db, clock, audit });
  const firstStart = createFirstStart({ db, clock, audit, sessions });
  const secondStep = createSecondStep({ db, clock, audit, secretBox });
  const lockOut = createLockOut({ db, clock });
  const signIn = createSignIn({ db, audit, lockOut, secondStep, sessions });
  const signedInFrom = new SignedInFrom(clock);

  async function demandStrong(passphrase: string, known: readonly (string | null)[]): Promise<void> {
    const verdict = await judgePassphrase(
      passphrase,
      known.filter((text) => text !== null),
    );
    if (verdict.acceptable) return;
    throw new AppError('passphrase-weak', 'This pass phrase is too easy to guess.', {
      status: 422,
      next: 'Take four or more words that have nothing to do with you or the business.',
      faults: [{ place: 'body/passphrase', message: verdict.advice ?? 'anotherWord' }],
    });
  }

  return {
    firstStart,
    sessions,
    secondStep,
    tokens: createApiTokens({ db, clock, audit }),
    async signIn(request, origin, replaces) {
      const signedIn = await signIn(request, origin, replaces);
      signedInFrom.note(origin.address);
      return signedIn;
    },
    signedInFrom: () => signedInFrom.list(),
    async setUp(request, origin) {
      await firstStart.proveCode(request.code);
      await demandStrong(request.passphrase, [request.email, request.businessName, request.name]);
      const signedIn = await firstStart.setUp(request, origin);
      signedInFrom.note(origin.address);
      return signedIn;
    },
    judge: async (passphrase, email) =>
      judgePassphrase(
        passphrase,
        [email ?? null, await businessName(db)].filter((text) => text !== null),
      ),
    async provePassphrase(account, passphrase, origin) {
      const attempt = await lockOut.begin(account.email, origin.address);
      if (!(await verifyPassphrase(passphrase, account.passphrase_hash))) {
        throw new AppError('passphrase-wrong', 'The pass phrase is not right.', {
          status: 403,
          next: 'Type the pass phrase that you sign in with.',
        });
      }
      await attempt.clear();
    },
    async changePassphrase(actor, account, next, keepSession) {
      await demandStrong(next, [account.email, account.name, await businessName(db)]);
      const hash = await hashPassphrase(next);
      await db.transaction().execute(async (change) => {
        await change.updateTable('accounts').set({ passphrase_hash: hash }).where('id', '=', account.id).execute();
        await change
          .deleteFrom('account_sessions')
          .where('account_id', '=', account.id)
          .where('id', '!=', keepSession ?? '')
          .execute();
        await audit.record(change, { actor, action: 'passphrase.change', subject: account.id });
      });
    },
    account: (id) => accountById(db, id),
    shown: (account) => shownAccount(db, account),
    businessName: () => businessName(db),
  };
}
