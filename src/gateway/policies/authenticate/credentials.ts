import { API_KEY_PREFIX } from '../../../platform/api-key.ts';
import type { Exchange } from '../../exchange.ts';

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1); null for other schemes and no header. */
export function bearerOf(authorization: string | null): string | null {
  if (authorization === null || authorization.length < 8) return null;
  const scheme = authorization.slice(0, 7);
  if (scheme !== 'Bearer ' && scheme.toLowerCase() !== 'bearer ') return null;
  return authorization.slice(7).trim();
}

/** Whether the field begins with a scheme, given in lower case and with its space. */
export function schemeIs(authorization: string | null, scheme: string): boolean {
  return authorization !== null && authorization.slice(0, scheme.length).toLowerCase() === scheme;
}

/** Whether a bearer token has the three parts of a signed JSON Web Token (RFC 7515 §7.1); no key of ours does. */
export function looksLikeJwt(bearer: string): boolean {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(bearer);
}

/**
 * The credentials that go on to the upstream: those that are the application's own, and tokens whose issuer says so. A header
 * that held our key, or looks as if it did (on a route that asks for none), stays here.
 */
export function pushForeignCredentials(x: Exchange, headers: string[]): void {
  if (x.authorization !== null && x.keptHeader !== 'authorization' && x.keptHeader !== 'both') {
    if (bearerOf(x.authorization)?.startsWith(API_KEY_PREFIX) !== true) headers.push('authorization', x.authorization);
  }
  if (x.apiKey !== null && x.keptHeader !== 'x-api-key' && x.keptHeader !== 'both') {
    if (!x.apiKey.startsWith(API_KEY_PREFIX)) headers.push('x-api-key', x.apiKey);
  }
}
