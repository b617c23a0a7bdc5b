import type { Exchange } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import { bearerOf, CHALLENGE } from './credentials.ts';
import type { GoodToken, TokenVerdict } from './jwt/tokens.ts';

const TOKEN_MISSING: Refusal = { code: 'token-missing', headers: CHALLENGE };
/** RFC 6750 §3.1. */
const INVALID_TOKEN = ['WWW-Authenticate', 'Bearer realm="api", error="invalid_token"'] as const;
const RETRY = ['Retry-After', '30'] as const;

/** Needs a valid JSON Web Token (RFC 7519) of a configured issuer as the Bearer token. */
export function requireToken(x: Exchange): Refusal | null | Promise<Refusal | null> {
  const bearer = bearerOf(x.authorization);
  return bearer === null ? TOKEN_MISSING : judgeToken(x, bearer);
}

/**
 * Lets a good token in. What is wrong with a refused one is recorded for the owner and never told to the caller. A token that
 * was found good before costs a look-up and does not wait.
 */
export function judgeToken(x: Exchange, token: string): Refusal | null | Promise<Refusal | null> {
  const known = x.runtime.tokens.find(token, x.time);
  return known === null ? x.runtime.tokens.judge(token, x.time).then((verdict) => answer(x, verdict)) : admit(x, known);
}

function answer(x: Exchange, verdict: TokenVerdict): Refusal | null {
  if (verdict.kind === 'good') return admit(x, verdict);
  if (verdict.kind === 'bad') return { code: 'token-invalid', detail: verdict.detail, headers: INVALID_TOKEN };
  return { code: 'issuer-unreachable', detail: verdict.detail, headers: RETRY };
}

function admit(x: Exchange, token: GoodToken): null {
  x.caller = token.caller;
  x.keptHeader = token.forward ? null : 'authorization';
  return null;
}
