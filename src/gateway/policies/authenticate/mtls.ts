import type { Refusal } from '../../refusal.ts';
import { CLAIM, type Way } from './way.ts';

const MISSING: Refusal = { code: 'certificate-missing' };

/** A client certificate (mutual TLS) of a consumer. It belongs to the connection, so nothing of it stands in a field. */
export const mtlsWay: Way = {
  // HTTP has no scheme for what TLS does before it (RFC 9110 §11): its refusals are 403, not 401.
  challenge: null,
  claim: (x) => (x.runtime.certificates.isPresent(x.socket) ? CLAIM.ours : CLAIM.none),
  judge: (x) => x.runtime.certificates.judge(x.socket, x.time),
  missing: () => MISSING,
};
