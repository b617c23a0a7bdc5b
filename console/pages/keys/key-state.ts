import type { Key } from '../../../src/contracts/api/front-door.ts';

/** Whether a key opens anything at the moment `now` (ms since 1970). */
export function keyState(key: Key, now: number): 'works' | 'revoked' | 'expired' {
  if (key.revokedAt !== null) return 'revoked';
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return 'expired';
  return 'works';
}
