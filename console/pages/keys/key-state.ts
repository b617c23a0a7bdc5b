import type { Key } from '../../../src/contracts/api/front-door.ts';

/** Whether a key opens anything at the moment `now` (ms since 1970); `replaced` still does, until it ends. */
export function keyState(key: Key, now: number): 'works' | 'replaced' | 'leaked' | 'revoked' | 'expired' {
  if (key.revokedAt !== null) return key.leaked ? 'leaked' : 'revoked';
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return 'expired';
  return key.replacedAt === null ? 'works' : 'replaced';
}

export const opens = (key: Key, now: number): boolean => ['works', 'replaced'].includes(keyState(key, now));

/** Whether a call with a replaced key was recorded since it was replaced. */
export function usedSinceReplaced({ lastUsedAt, replacedAt }: Key): boolean {
  return lastUsedAt !== null && replacedAt !== null && Date.parse(lastUsedAt) > Date.parse(replacedAt);
}
