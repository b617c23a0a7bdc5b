import { hash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { SnapshotJwtIssuer } from '../../../../contracts/snapshot/jwt-issuer.ts';
import type { Caller } from '../../../caller.ts';
import type { KeySet, KeySource } from './key-set.ts';
import { type ReadToken, readToken } from './read-token.ts';
import { type CallerContext, callerOf } from './token-caller.ts';

export type GoodToken = {
  readonly kind: 'good';
  readonly caller: Caller /** It goes on upstream. */;
  readonly forward: boolean;
  /** It names a consumer of the configuration, and counts only where that one is proved beside it. */
  readonly borrowed: boolean;
};
export type TokenVerdict =
  | GoodToken
  /** `detail` is for the record alone. */
  | { readonly kind: 'bad'; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string };

export type Issuer = { readonly config: SnapshotJwtIssuer; readonly keys: KeySource };
type Remembered = GoodToken & { readonly until: number; readonly keys: KeySource; readonly generation: number };

/**
 * Judges the JSON Web Tokens of one snapshot. Good ones are remembered by their SHA-256 until they expire, or until their
 * issuer's keys change; a new configuration remembers nothing.
 */
export class Tokens {
  readonly #issuers: ReadonlyMap<string, Issuer>;
  readonly #context: CallerContext;
  readonly #remembered = new Map<string, Remembered>();

  constructor(issuers: readonly Issuer[], context: CallerContext) {
    this.#issuers = new Map(issuers.map((issuer) => [issuer.config.issuer, issuer]));
    this.#context = context;
  }

  knowsIssuer(issuer: string): boolean {
    return this.#issuers.has(issuer);
  }

  /** What the token says of itself; nothing of it is proved. */
  isFromKnownIssuer(token: string): boolean {
    const read = readToken(token);
    return typeof read !== 'string' && this.knowsIssuer(read.issuer);
  }

  /** A token that was found good before and still is. */
  find(token: string, now: number, mayBorrow = false): GoodToken | null {
    if (token.length > MAX_REMEMBERED_LENGTH) return null;
    const found = this.#remembered.get(hash('sha256', token, 'base64'));
    if (found === undefined || found.until <= now || found.generation !== found.keys.generation) return null;
    if (found.borrowed && !mayBorrow) return null;
    found.keys.keepFresh(now);
    return found;
  }

  /**
   * Verifies a token. `now` is in Unix milliseconds. A token speaks for a consumer of the configuration only with `mayBorrow`:
   * where people choose their own names at the issuer, that would be a way to become somebody else.
   */
  async judge(token: string, now: number, mayBorrow = false): Promise<TokenVerdict> {
    const read = readToken(token);
    if (typeof read === 'string') return bad(read);
    const issuer = this.#issuers.get(read.issuer);
    if (issuer === undefined) return bad('unknown issuer');
    if (!issuer.config.algorithms.some((one) => one === read.alg)) return bad('algorithm not allowed');
    const keys = await issuer.keys.keysFor(read.kid, now);
    if (keys === null) return { kind: 'unreachable', detail: 'the keys of the issuer could not be fetched' };
    const { generation } = issuer.keys;
    const claims = await verify(token, read, issuer.config, keys.choose, now);
    if (typeof claims === 'string') return bad(claims);
    const caller = callerOf(claims, 'jwt', issuer.config, this.#context);
    if (typeof caller === 'string') return bad(caller);
    const borrowed = this.#context.consumers.has(caller.consumer);
    if (borrowed && !mayBorrow) return bad('names a consumer that has keys');
    const good = { kind: 'good', caller, forward: issuer.config.forwardToken, borrowed } as const;
    this.#remember(token, { ...good, until: caller.expiresAt ?? now, keys: issuer.keys, generation });
    return good;
  }

  #remember(token: string, entry: Remembered): void {
    if (this.#remembered.size >= MAX_REMEMBERED) {
      const [oldest] = this.#remembered.keys();
      if (oldest !== undefined) this.#remembered.delete(oldest);
    }
    this.#remembered.set(hash('sha256', token, 'base64'), entry);
  }
}

/** Only good tokens are remembered, so nobody but an issuer can fill this. */
const MAX_REMEMBERED = 10_000;
const MAX_REMEMBERED_LENGTH = 8 * 1024;

type Verified = JWTPayload & { exp: number };

/** The claims of a token whose signature, issuer, audience and times are right, or what is wrong with it. */
async function verify(
  token: string,
  read: ReadToken,
  config: SnapshotJwtIssuer,
  choose: KeySet['choose'],
  now: number,
): Promise<Verified | string> {
  try {
    const { payload } = await jwtVerify(token, choose, {
      algorithms: config.algorithms,
      issuer: config.issuer,
      audience: config.audience,
      clockTolerance: Math.floor(config.clockToleranceMs / 1000),
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    return payload as Verified;
  } catch (error) {
    return reasonOf(error, read);
  }
}

function reasonOf(error: unknown, read: ReadToken): string {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `has no "${error.claim}"`;
    if (error.claim === 'aud') return 'meant for another audience';
    if (error.claim === 'nbf' && error.reason === 'check_failed') return 'not yet valid';
    return `"${error.claim}" is not as it should be`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is wrong';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer has no such key';
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return read.kid === undefined
      ? 'does not say which key it was signed by'
      : 'the issuer has several keys of that name';
  }
  if (error instanceof errors.JOSEError) return 'not a JSON Web Token';
  // Keys that are too short or of the wrong kind; whatever it is, the token was not verified.
  return 'the key of the issuer cannot be used';
}

const bad = (detail: string): TokenVerdict => ({ kind: 'bad', detail });
