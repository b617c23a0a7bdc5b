import type { ActivityEvent } from '../../../src/contracts/api/activity.ts';
import type { CallFilter } from '../../api/activity.ts';
import { outcomeOf } from '../../words/denial.ts';

/** The same choice that the server makes for past calls, for one that just came in. */
export function matchesFilter(call: ActivityEvent, filter: CallFilter): boolean {
  const same = (wanted: string | undefined, found: string | null) => wanted === undefined || wanted === found;
  return (
    same(filter.direction, call.direction) &&
    (filter.outcome === 'would-stop' ? call.would : same(filter.outcome, outcomeOf(call))) &&
    same(filter.code, call.code) &&
    same(filter.consumer, call.consumer) &&
    same(filter.caller, call.address) &&
    same(filter.route, call.route) &&
    same(filter.method, call.method) &&
    (filter.from === undefined || call.time >= filter.from) &&
    (filter.to === undefined || call.time < filter.to)
  );
}
