import type { DenialCode } from '../../contracts/errors/denials.ts';
import type { Exchange } from '../exchange.ts';
import { isAttempt } from '../policies/login-protection.ts';

/** Requests that can be read in two ways; no honest program sends them by the dozen. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'request-malformed',
  'path-ambiguous',
  'header-ambiguous',
  'host-invalid',
] satisfies DenialCode[]);

/**
 * What a finished request says against its address: a guess, or null. A missing key, a typing error, a key or token that was once
 * good, and every 429 say nothing: that is how honest programs fail, and a whole office may stand behind one address. Neither
 * does anything under a good key.
 */
export function wrongAttempt(x: Exchange): string | null {
  if (x.caller !== null) return null;
  if (x.code === null) {
    // The application's own word about a password.
    const guard = x.status === 401 || x.status === 403 ? (x.route?.loginProtection ?? null) : null;
    return guard !== null && isAttempt(x, guard) ? 'wrong password' : null;
  }
  if (AMBIGUOUS.has(x.code)) return x.code;
  if (x.code !== 'key-invalid' && x.code !== 'token-invalid') return null;
  const detail = x.spoken?.find(({ policy }) => policy === 'authenticate')?.detail ?? '';
  return ONCE_GOOD.test(detail) ? null : x.code;
}

const ONCE_GOOD = /expired|revoked/;
