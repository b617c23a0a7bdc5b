import type { SnapshotConsumer } from '../../../../contracts/snapshot/snapshot-consumer.ts';
import { decoyHash } from '../../../../platform/crypto/passphrase-hash.ts';
import type { Caller, callerFactory } from '../../../caller.ts';
import type { Refusal } from '../../../refusal.ts';
import { RETRY } from '../refusals.ts';
import type { Admission, Verdict } from '../verdict.ts';
import type { PasswordChecker } from './password-checker.ts';
import { readBasic } from './read-basic.ts';

type User = { readonly passwordHash: string; readonly admission: Admission };

/** The user names and passwords of one snapshot. */
export class Passwords {
  readonly #users = new Map<string, User>();
  readonly #checker: PasswordChecker;
  readonly #decoy: string;

  constructor(
    consumers: readonly SnapshotConsumer[],
    makeCaller: ReturnType<typeof callerFactory>,
    checker: PasswordChecker,
  ) {
    this.#checker = checker;
    for (const consumer of consumers) {
      for (const { username, passwordHash, expiresAt } of consumer.basic) {
        const caller = makeCaller({
          ...{ consumer: consumer.name, keyId: null, issuer: null, via: 'basic' as const, parts: null },
          credential: `${username}:${passwordHash}`,
          user: username,
          scopes: consumer.scopes,
          attributes: consumer.attributes,
          limitKey: consumer.name,
          expiresAt,
          recordedAs: consumer.name,
        });
        this.#users.set(username, { passwordHash, admission: { caller, keeps: 'authorization' } });
      }
    }
    this.#decoy = decoyHash([...this.#users.values()].map((user) => user.passwordHash));
  }

  /** Whether this configuration still knows the user by the same password. */
  knows(caller: Caller, now: number): boolean {
    const [username = ''] = caller.credential.split(':', 1);
    const own = this.#users.get(username)?.admission.caller;
    if (own?.credential !== caller.credential || own.consumer !== caller.consumer) return false;
    return own.expiresAt === null || own.expiresAt > now;
  }

  /**
   * Judges `Authorization: Basic …`. A user who is not there costs the same as a wrong password, and both are answered alike.
   * `group` is where the caller is counted.
   */
  judge(authorization: string, group: string, now: number): Verdict | Promise<Verdict> {
    const digest = this.#checker.digest(authorization);
    const known = this.#checker.find(digest, now);
    if (known !== null) {
      const user = this.#users.get(known.username);
      if (user !== undefined && user.passwordHash === known.passwordHash) return admitUnexpired(user, now);
    }
    const sent = readBasic(authorization);
    if (sent === null) return invalid('not readable as a user name and password');
    const user = this.#users.get(sent.username);
    const hash = user?.passwordHash ?? this.#decoy;
    return this.#checker.check(digest, sent.password, hash, group).then((right) => {
      if (right === 'busy') return BUSY;
      if (user === undefined) return invalid('no such user');
      if (!right) return invalid('wrong password');
      this.#checker.remember(digest, { username: sent.username, passwordHash: user.passwordHash }, now);
      return admitUnexpired(user, now);
    });
  }
}

const BUSY: Refusal = { code: 'sign-in-busy', detail: 'too many passwords are waiting to be checked', headers: RETRY };

function admitUnexpired({ admission }: User, now: number): Verdict {
  const { expiresAt } = admission.caller;
  return expiresAt !== null && expiresAt <= now ? invalid('expired') : admission;
}

/** `detail` is for the record alone. */
const invalid = (detail: string): Refusal => ({ code: 'password-invalid', detail });
