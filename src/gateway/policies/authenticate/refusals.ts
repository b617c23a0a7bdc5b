import type { Refusal } from '../../refusal.ts';

/** What several ways answer alike. */

export const BEARER = 'Bearer realm="api"';
/** RFC 9110 §11.6.1: a 401 says how to authenticate. */
export const CHALLENGE = ['WWW-Authenticate', BEARER] as const;
/** RFC 6750 §3.1. */
export const INVALID_TOKEN = ['WWW-Authenticate', 'Bearer realm="api", error="invalid_token"'] as const;
/** Worth another try then. */
export const RETRY = ['Retry-After', '30'] as const;

export const TOKEN_MISSING: Refusal = { code: 'token-missing', headers: CHALLENGE };
export const TWO_CREDENTIALS: Refusal = { code: 'credential-ambiguous' };
