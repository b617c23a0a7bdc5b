import { CONFIDENCE } from '../../evidence.ts';
import { finding, type HeaderCheck } from './finding.ts';

/** A JSON Web Token whose head says that it needs no signature (RFC 8725 §2.1), or that its key comes from where its bearer says. */
export const checkAuthorization: HeaderCheck = (value) => {
  const at = value.indexOf('eyJ');
  if (at === -1) return null;
  const end = value.indexOf('.', at);
  if (end === -1 || end - at > 4_000) return null;
  const head = Buffer.from(value.slice(at, end), 'base64url').toString('latin1');
  if (/"alg"\s*:\s*(?:"none"|""|null)/i.test(head)) return finding('token-without-signature', CONFIDENCE.certain);
  if (/"kid"\s*:\s*"[^"]{0,200}(?:\.\.\/|\/dev\/|[|;`$]|'\s|--)/i.test(head))
    return finding('token-key-injection', CONFIDENCE.certain);
  return /"(?:jku|x5u)"\s*:\s*"/.test(head) && /"jwk"\s*:\s*\{/.test(head)
    ? finding('token-brings-key', CONFIDENCE.likely)
    : null;
};
