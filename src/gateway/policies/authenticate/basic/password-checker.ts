import { createHmac, randomBytes } from 'node:crypto';
import { verifyPassphrase } from '../../../../platform/crypto/passphrase-hash.ts';

/** Each check takes the memory that its hash names (19 MiB by default) and tens of milliseconds of a processor. */
const AT_ONCE = 2;
const MAX_WAITING = 32;
/** Somebody who guesses must not take all the places where good callers wait. */
const MAX_WAITING_PER_GROUP = 8;
/** A good pair costs a look-up while it is in use … */
const FRESH_MS = 5 * 60_000;
/** … and is checked anew after this. */
const USABLE_MS = 60 * 60_000;
const MAX_REMEMBERED = 10_000;

/** Which user's password it was, as far as it has to be found again, and the hash that it was good for. */
export type Verified = { readonly username: string; readonly passwordHash: string };
type Remembered = Verified & { readonly checkedAt: number; usedAt: number };

/**
 * Checks passwords off the event loop, a few at a time, and remembers the good ones by an HMAC of what was sent, whose key
 * exists in this process alone. It outlives a new configuration; whether a pair still stands in it is for the caller to see.
 */
export class PasswordChecker {
  readonly #key = randomBytes(32);
  readonly #remembered = new Map<string, Remembered>();
  readonly #running = new Map<string, Promise<boolean | 'busy'>>();
  readonly #waiting: (() => void)[] = [];
  readonly #groups = new Map<string, number>();
  #free = AT_ONCE;

  /** Stands for the credentials that were sent. */
  digest(authorization: string): string {
    return createHmac('sha256', this.#key).update(authorization).digest('base64');
  }

  /** A pair that was found good a short while ago. Times are Unix milliseconds. */
  find(digest: string, now: number): Verified | null {
    const found = this.#remembered.get(digest);
    if (found === undefined) return null;
    if (!isWithin(now - found.usedAt, FRESH_MS) || !isWithin(now - found.checkedAt, USABLE_MS)) {
      this.#remembered.delete(digest);
      return null;
    }
    found.usedAt = now;
    return found;
  }

  remember(digest: string, verified: Verified, now: number): void {
    if (this.#remembered.size >= MAX_REMEMBERED) {
      const [oldest] = this.#remembered.keys();
      if (oldest !== undefined) this.#remembered.delete(oldest);
    }
    this.#remembered.set(digest, { ...verified, checkedAt: now, usedAt: now });
  }

  /** Whether the password fits the hash; `busy` when too many wait. The same pair is checked once for all who send it now. */
  check(digest: string, password: string, hash: string, group: string): Promise<boolean | 'busy'> {
    const id = `${digest} ${hash}`;
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    const started = this.#inTurn(group, () => verifyPassphrase(password, hash)).finally(() => this.#running.delete(id));
    this.#running.set(id, started);
    return started;
  }

  async #inTurn(group: string, work: () => Promise<boolean>): Promise<boolean | 'busy'> {
    const own = this.#groups.get(group) ?? 0;
    if (own >= MAX_WAITING_PER_GROUP || (this.#free === 0 && this.#waiting.length >= MAX_WAITING)) return 'busy';
    this.#groups.set(group, own + 1);
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The place goes straight to who waits longest.
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
      const left = (this.#groups.get(group) ?? 1) - 1;
      if (left === 0) this.#groups.delete(group);
      else this.#groups.set(group, left);
    }
  }
}

/** A clock that was set back must not keep anything for ever. */
const isWithin = (age: number, ms: number) => age >= 0 && age < ms;
