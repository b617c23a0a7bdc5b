import { API_KEY_PREFIX, classifyApiKey, hashApiKey } from '../../../platform/api-key.ts';
import type { CompiledKey, Exchange } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import { bearerOf, looksLikeJwt } from './credentials.ts';
import { BEARER, CHALLENGE, TWO_CREDENTIALS } from './refusals.ts';
import type { Verdict } from './verdict.ts';
import { CLAIM, type Claim, type Way } from './way.ts';

/** What the presented keys amount to. `header` is the field that held the key and must not go upstream. */
export type Identity =
  | { kind: 'key'; key: CompiledKey; header: 'x-api-key' | 'authorization' }
  | { kind: 'two-keys' }
  | { kind: 'none' }
  | { kind: 'mistyped' }
  | { kind: 'unknown'; detail: string };

const NONE: Identity = { kind: 'none' };
const TWO_KEYS: Identity = { kind: 'two-keys' };
const MISTYPED: Identity = { kind: 'mistyped' };
const UNKNOWN: Identity = { kind: 'unknown', detail: 'no such key' };
const REVOKED: Identity = { kind: 'unknown', detail: 'revoked' };
const EXPIRED: Identity = { kind: 'unknown', detail: 'expired' };

const KEY_MISSING: Refusal = { code: 'key-missing', headers: CHALLENGE };
const KEY_IN_QUERY: Refusal = { code: 'key-in-query', headers: CHALLENGE };
const KEY_MISTYPED: Refusal = { code: 'key-mistyped', headers: CHALLENGE };

/**
 * Needs a valid key. What was wrong with a refused key (unknown, revoked, expired) is recorded for the owner and never told to
 * the caller. The key itself never goes upstream.
 */
function requireKey(x: Exchange): Refusal | null {
  const identity = identify(x);
  if (identity.kind !== 'key') return refusalFor(x, identity);
  x.caller = identity.key.caller;
  x.keptHeader = identity.header;
  return null;
}

function refusalFor(x: Exchange, identity: Exclude<Identity, { kind: 'key' }>): Refusal {
  switch (identity.kind) {
    case 'none':
      return missing(x);
    case 'two-keys':
      return TWO_CREDENTIALS;
    case 'mistyped':
      return KEY_MISTYPED;
    case 'unknown':
      return { code: 'key-invalid', detail: identity.detail, headers: CHALLENGE };
  }
}

function missing(x: Exchange): Refusal {
  return x.query.includes(API_KEY_PREFIX) ? KEY_IN_QUERY : KEY_MISSING;
}

/** A key in X-API-Key or as a Bearer token, among other ways. */
export const apiKeyWay: Way = {
  challenge: BEARER,
  alone: requireKey,
  claim(x) {
    const byHeader = claimOn(x, x.apiKey);
    const byBearer = claimOn(x, bearerOf(x.authorization));
    return byHeader > byBearer ? byHeader : byBearer;
  },
  judge(x): Verdict {
    const identity = identify(x);
    return identity.kind === 'key' ? { caller: identity.key.caller, keeps: identity.header } : refusalFor(x, identity);
  },
  missing,
};

/** What looks like a key of ours is judged as one, and so is what is one without looking like it. */
function claimOn(x: Exchange, presented: string | null): Claim {
  if (presented === null) return CLAIM.none;
  if (presented.startsWith(API_KEY_PREFIX)) return CLAIM.ours;
  // Not worth hashing: where tokens are a way, one in this field is theirs.
  if (looksLikeJwt(presented)) return CLAIM.field;
  return x.runtime.keysByHash.has(hashApiKey(presented)) ? CLAIM.ours : CLAIM.field;
}

/**
 * Finds the key that a request presents, in X-API-Key or as a Bearer token (RFC 6750 §2.1). Keys are looked up by the
 * SHA-256 of the whole key: the look-up tells nothing about how much of a guess was right.
 */
export function identify(x: Exchange): Identity {
  const bearer = bearerOf(x.authorization);
  if (x.apiKey === null) return bearer === null ? NONE : judge(x, bearer, 'authorization');
  const byHeader = judge(x, x.apiKey, 'x-api-key');
  if (bearer === null || bearer === x.apiKey) return byHeader;
  // Both fields are in use: one of them may be the application's own credential, so the one that is a key of ours counts.
  const byBearer = judge(x, bearer, 'authorization');
  if (byHeader.kind === 'key' && byBearer.kind === 'key') return TWO_KEYS;
  return byBearer.kind === 'key' ? byBearer : byHeader;
}

function judge(x: Exchange, presented: string, header: 'x-api-key' | 'authorization'): Identity {
  const key = x.runtime.keysByHash.get(hashApiKey(presented));
  if (key === undefined) return classifyApiKey(presented) === 'mistyped' ? MISTYPED : UNKNOWN;
  if (key.revoked) return REVOKED;
  if (key.caller.expiresAt !== null && key.caller.expiresAt <= x.time) return EXPIRED;
  return { kind: 'key', key, header };
}
