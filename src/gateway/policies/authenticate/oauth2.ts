import { API_KEY_PREFIX } from '../../../platform/api-key.ts';
import type { Refusal } from '../../refusal.ts';
import { bearerOf, looksLikeJwt } from './credentials.ts';
import type { Opinion } from './oauth2/introspection.ts';
import { BEARER, INVALID_TOKEN, RETRY, TOKEN_MISSING } from './refusals.ts';
import type { Verdict } from './verdict.ts';
import { CLAIM, type Way } from './way.ts';

/** An access token that its authorization server vouches for when it is asked (RFC 7662). */
export const oauth2Way: Way = {
  challenge: BEARER,
  claim(x) {
    const bearer = bearerOf(x.authorization);
    if (bearer === null) return CLAIM.none;
    if (bearer.startsWith(API_KEY_PREFIX)) return CLAIM.field;
    return looksLikeJwt(bearer) ? CLAIM.shape : CLAIM.ours;
  },
  judge(x, beside) {
    const bearer = bearerOf(x.authorization);
    if (bearer === null) return TOKEN_MISSING;
    const known = x.runtime.introspection.find(bearer, x.time);
    if (known !== null) return toVerdict(known, beside);
    return x.runtime.introspection.ask(bearer, x.time).then((opinion) => toVerdict(opinion, beside));
  },
  missing: () => TOKEN_MISSING,
};

function toVerdict(opinion: Opinion, beside: boolean): Verdict {
  switch (opinion.kind) {
    case 'good':
      if (opinion.borrowed && !beside) return invalid('names a consumer that has keys');
      return { caller: opinion.caller, keeps: opinion.forward ? null : 'authorization' };
    case 'bad':
      return invalid(opinion.detail);
    case 'busy':
      return BUSY;
    case 'unreachable':
      return UNREACHABLE;
  }
}

const invalid = (detail: string): Refusal => ({ code: 'token-invalid', detail, headers: INVALID_TOKEN });
const BUSY: Refusal = { code: 'sign-in-busy', detail: 'too many tokens are waiting to be checked', headers: RETRY };
const UNREACHABLE: Refusal = {
  ...{ code: 'issuer-unreachable', headers: RETRY },
  detail: 'the authorization server gave no usable answer',
};
