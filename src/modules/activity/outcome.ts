import type { ActivityQuery } from '../../contracts/api/activity.ts';
import { FAILURES } from '../../contracts/errors/failures.ts';
import type { RequestEvent } from '../../contracts/events/gateway-event.ts';

/** How a call ended, as people see it; stored as a number. */
export const OUTCOMES = ['let-in', 'turned-away', 'failed'] as const satisfies readonly ActivityQuery['outcome'][];
export const LET_IN = 0;
export const TURNED_AWAY = 1;
export const FAILED = 2;

/** `failed`: trouble behind the gateway or in it; `turned-away`: the gateway refused it; `let-in`: everything else. */
export function outcomeOf(event: Pick<RequestEvent, 'code' | 'status' | 'aborted'>): number {
  if (event.code !== null) return FAILURES.has(event.code) ? FAILED : TURNED_AWAY;
  return event.status >= 500 || event.aborted === 'upstream' ? FAILED : LET_IN;
}
