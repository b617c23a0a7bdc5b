import { classifyApiKey, hashApiKey } from '../../platform/api-key.ts';
import type { CompiledKey, Exchange } from '../exchange.ts';

/** What the presented credentials amount to. `header` is the field that held the key and must not go upstream. */
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
  if (key.expiresAt !== null && key.expiresAt <= x.time) return EXPIRED;
  return { kind: 'key', key, header };
}

/** The token of `Authorization: Bearer …`; null for other schemes and no header. */
export function bearerOf(authorization: string | null): string | null {
  if (authorization === null || authorization.length < 8) return null;
  const scheme = authorization.slice(0, 7);
  if (scheme !== 'Bearer ' && scheme.toLowerCase() !== 'bearer ') return null;
  return authorization.slice(7).trim();
}
