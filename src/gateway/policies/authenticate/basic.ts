import type { Refusal } from '../../refusal.ts';
import { schemeIs } from './credentials.ts';
import { CLAIM, type Way } from './way.ts';

/** RFC 7617 §2.1. */
export const BASIC = 'Basic realm="api", charset="UTF-8"';

const MISSING: Refusal = { code: 'password-missing', headers: ['WWW-Authenticate', BASIC] };

/** A user name and password (HTTP Basic, RFC 7617) of a consumer. */
export const basicWay: Way = {
  challenge: BASIC,
  claim: (x) => (schemeIs(x.authorization, 'basic ') ? CLAIM.ours : CLAIM.none),
  judge: (x) => x.runtime.passwords.judge(x.authorization ?? '', x.peer.group, x.time),
  missing: () => MISSING,
};
