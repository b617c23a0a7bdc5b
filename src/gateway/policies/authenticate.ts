import { API_KEY_PREFIX } from '../../platform/api-key.ts';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { bearerOf, identify } from './identify.ts';
import type { Policy } from './policy.ts';

/** RFC 9110 §11.6.1: a 401 says how to authenticate. */
const CHALLENGE = ['WWW-Authenticate', 'Bearer realm="api"'] as const;
const KEY_MISSING: Refusal = { code: 'key-missing', headers: CHALLENGE };
const KEY_IN_QUERY: Refusal = { code: 'key-in-query', headers: CHALLENGE };
const KEY_MISTYPED: Refusal = { code: 'key-mistyped', headers: CHALLENGE };
const TWO_KEYS: Refusal = { code: 'credential-ambiguous' };

/**
 * Who is calling? Needs a valid key where the route asks for one. What was wrong with a refused key (unknown, revoked,
 * expired) is recorded for the owner and never told to the caller. The key itself never goes upstream.
 */
export const authenticate: Policy = {
  id: 'authenticate',
  create: (route) => (route.auth.length === 0 ? null : requireKey),
};

function requireKey(x: Exchange): Refusal | null {
  const identity = identify(x);
  switch (identity.kind) {
    case 'key':
      x.key = identity.key;
      x.keyHeader = identity.header;
      return null;
    case 'none':
      return x.query.includes(API_KEY_PREFIX) ? KEY_IN_QUERY : KEY_MISSING;
    case 'two-keys':
      return TWO_KEYS;
    case 'mistyped':
      return KEY_MISTYPED;
    case 'unknown':
      return { code: 'key-invalid', detail: identity.detail, headers: CHALLENGE };
  }
}

/**
 * The credentials that go on to the upstream: those that are the application's own. A header that held our key, or looks as
 * if it did (on a route that asks for none), stays here.
 */
export function pushForeignCredentials(x: Exchange, headers: string[]): void {
  if (x.authorization !== null && x.keyHeader !== 'authorization') {
    if (bearerOf(x.authorization)?.startsWith(API_KEY_PREFIX) !== true) headers.push('authorization', x.authorization);
  }
  if (x.apiKey !== null && x.keyHeader !== 'x-api-key' && !x.apiKey.startsWith(API_KEY_PREFIX)) {
    headers.push('x-api-key', x.apiKey);
  }
}
