import type { CallFilter } from '../api/activity.ts';

const OUTCOMES = new Set(['let-in', 'turned-away', 'failed', 'would-stop']);
const TEXTS = ['code', 'consumer', 'caller', 'route', 'method', 'from', 'to'] as const;

/** The filters of the list of calls out of the page's address; what is not one of them is left aside. */
export function readCallFilter(search: Record<string, unknown>): CallFilter {
  const filter: CallFilter = {};
  if (search.direction === 'inbound' || search.direction === 'outbound') filter.direction = search.direction;
  if (typeof search.outcome === 'string' && OUTCOMES.has(search.outcome)) {
    filter.outcome = search.outcome as NonNullable<CallFilter['outcome']>;
  }
  for (const name of TEXTS) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') filter[name] = value;
  }
  return filter;
}
