import type { Caller } from '../../caller.ts';
import type { Refusal } from '../../refusal.ts';

/** Which of the caller's fields held its credential and stay here. */
export type KeptHeader = 'x-api-key' | 'authorization' | 'both' | null;

/** A credential that was found good. `keeps` names the fields that held it and must not go upstream. */
export type Admission = { readonly caller: Caller; readonly keeps: KeptHeader };
export type Verdict = Admission | Refusal;

export function isRefusal(verdict: Verdict): verdict is Refusal {
  return 'code' in verdict;
}

/** What stays here when one credential stood in `a` and another one in `b`. */
export function bothKept(a: KeptHeader, b: KeptHeader): KeptHeader {
  if (a === null || a === b) return b;
  return b === null ? a : 'both';
}
