import type { AuthWay } from '../contracts/config/auth-way.ts';
import type { DenialCode } from '../contracts/errors/denials.ts';

/** The way in which a caller said who it is. */
type Via = AuthWay | 'webhook';

/**
 * Who calls, as far as policies, upstreams and the record need to know: compiled once for each key of a snapshot, and once for
 * each token that was found good.
 */
export type Caller = {
  /** Name of the consumer; for a token the value of its consumer claim. */
  readonly consumer: string;
  /** Null for a token. */
  readonly keyId: string | null;
  /** Who issued the token; null for callers that stand in the configuration. */
  readonly issuer: string | null;
  /** The way in which it said who it is. */
  readonly via: Via;
  /** What tells its credential from others of its kind. */
  readonly credential: string;
  /** The callers that were proved together where a route asks for several credentials; null for one alone. */
  readonly parts: readonly Caller[] | null;
  readonly scopes: ReadonlySet<string>;
  /** Of the consumer, or taken from the token's claims. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Claims of its token that rules ask for; empty for everything but tokens. */
  readonly claims: Readonly<Record<string, string>>;
  /** Under what it is counted: for a token issuer and consumer together, which no consumer with keys shares. */
  readonly limitKey: string;
  /** Unix milliseconds from which it is no longer let in; null: never. */
  readonly expiresAt: number | null;
  /** Identity header fields for the upstream, flat. */
  readonly identityHeaders: readonly string[];
  /** User name or certificate subject, which tells credentials of one consumer apart; null where there is none. */
  readonly user: string | null;
  /** How the consumer stands in the record. */
  readonly recordedAs: string;
  /** Its part of the event line. */
  readonly eventCaller: string;
};

type Who = Omit<Caller, 'identityHeaders' | 'eventCaller' | 'scopes' | 'claims' | 'user'> & {
  readonly user?: Caller['user'];
  readonly claims?: Caller['claims'];
  readonly scopes: readonly string[];
};

/** Names of the identity header fields. */
type Names = { readonly consumer: string; readonly scopes: string };

/** Makes callers for one snapshot. Thousands of them hold the same few sets of scopes: kept once, they stay in the processor's cache. */
export function callerFactory(names: Names): (who: Who) => Caller {
  const sets = new Map<string, ReadonlySet<string>>();
  const setOf = (scopes: readonly string[], joined: string): ReadonlySet<string> => {
    const set = sets.get(joined) ?? new Set(scopes);
    // Issuers choose what tokens hold: the memory of sets stays bounded.
    if (sets.size < MOST_SETS) sets.set(joined, set);
    return set;
  };
  return ({ scopes, ...who }) => {
    const joined = scopes.join(' ');
    const user = who.user ?? null;
    return {
      ...who,
      user,
      claims: who.claims ?? NO_CLAIMS,
      scopes: setOf(scopes, joined),
      identityHeaders: [names.consumer, who.consumer, names.scopes, joined],
      eventCaller: `"consumer":${JSON.stringify(who.recordedAs)},"key":${JSON.stringify(who.keyId)}${user === null ? '' : `,"user":${JSON.stringify(user)}`}`,
    };
  };
}

const NO_CLAIMS: Caller['claims'] = {};
const MOST_SETS = 20_000;

/** What the record says of a stream that was ended because its caller's credential no longer holds. */
export const ENDED_CODE: Readonly<Record<Via, DenialCode>> = {
  apiKey: 'key-invalid',
  jwt: 'token-invalid',
  oauth2: 'token-invalid',
  basic: 'password-invalid',
  mtls: 'certificate-invalid',
  webhook: 'webhook-invalid',
};
