import type { Exchange } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import { bearerOf, looksLikeJwt } from './credentials.ts';
import type { GoodToken, TokenVerdict } from './jwt/tokens.ts';
import { BEARER, INVALID_TOKEN, RETRY, TOKEN_MISSING } from './refusals.ts';
import type { Verdict } from './verdict.ts';
import { CLAIM, type Way } from './way.ts';

/** A valid JSON Web Token (RFC 7519) of a configured issuer as the Bearer token. */
export const jwtWay: Way = {
  challenge: BEARER,
  alone: requireToken,
  claim(x) {
    const bearer = bearerOf(x.authorization);
    if (bearer === null) return CLAIM.none;
    if (!looksLikeJwt(bearer)) return CLAIM.field;
    // What was found good before need not be read again. One of a foreign issuer may be the application's own.
    if (x.runtime.tokens.find(bearer, x.time, true) !== null) return CLAIM.ours;
    return x.runtime.tokens.isFromKnownIssuer(bearer) ? CLAIM.ours : CLAIM.shape;
  },
  judge(x, beside) {
    const bearer = bearerOf(x.authorization);
    if (bearer === null) return TOKEN_MISSING;
    const known = x.runtime.tokens.find(bearer, x.time, beside);
    return known === null ? x.runtime.tokens.judge(bearer, x.time, beside).then(toVerdict) : admission(known);
  },
  missing: () => TOKEN_MISSING,
};

/**
 * Lets a good token in. What is wrong with a refused one is recorded for the owner and never told to the caller. A token that
 * was found good before costs a look-up and does not wait.
 */
function requireToken(x: Exchange): Refusal | null | Promise<Refusal | null> {
  const bearer = bearerOf(x.authorization);
  if (bearer === null) return TOKEN_MISSING;
  const known = x.runtime.tokens.find(bearer, x.time);
  if (known !== null) return admit(x, known);
  return x.runtime.tokens
    .judge(bearer, x.time)
    .then((verdict) => (verdict.kind === 'good' ? admit(x, verdict) : refusalFor(verdict)));
}

function toVerdict(verdict: TokenVerdict): Verdict {
  return verdict.kind === 'good' ? admission(verdict) : refusalFor(verdict);
}

function refusalFor(verdict: Exclude<TokenVerdict, GoodToken>): Refusal {
  return verdict.kind === 'bad'
    ? { code: 'token-invalid', detail: verdict.detail, headers: INVALID_TOKEN }
    : { code: 'issuer-unreachable', detail: verdict.detail, headers: RETRY };
}

const admission = (token: GoodToken): Verdict => ({
  caller: token.caller,
  keeps: token.forward ? null : 'authorization',
});

function admit(x: Exchange, token: GoodToken): null {
  x.caller = token.caller;
  x.keptHeader = token.forward ? null : 'authorization';
  return null;
}
