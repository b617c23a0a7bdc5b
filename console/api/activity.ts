import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ActivityDetail, ActivityPage, ActivitySummary } from '../../src/contracts/api/activity.ts';
import { request } from './request.ts';

/** Inbound: calls you get; outbound: calls your own programs make to suppliers. */
export type Direction = 'inbound' | 'outbound';

/** The filters of the list as they stand in the page's address; a missing one does not filter. */
export type CallFilter = {
  direction?: Direction;
  outcome?: 'let-in' | 'turned-away' | 'failed' | 'would-stop';
  code?: string;
  consumer?: string;
  caller?: string;
  route?: string;
  method?: string;
  from?: string;
  to?: string;
};

export function callParameters(filter: CallFilter): URLSearchParams {
  const { caller, ...rest } = filter;
  const found = new URLSearchParams(Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''));
  if (caller !== undefined) found.set('address', caller);
  return found;
}

/** Few enough that what stands below the list on a phone stays within reach. */
export const CALLS_AT_ONCE = 20;

export const callsQuery = (filter: CallFilter) =>
  infiniteQueryOptions({
    queryKey: ['calls', filter],
    queryFn: ({ pageParam }) => {
      const parameters = callParameters(filter);
      parameters.set('limit', String(CALLS_AT_ONCE));
      if (pageParam !== null) parameters.set('before', pageParam);
      return request<ActivityPage>('GET', `/api/activity/events?${parameters}`);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const callQuery = (reference: string) =>
  queryOptions({
    queryKey: ['call', reference],
    queryFn: () => request<ActivityDetail>('GET', `/api/activity/events/${encodeURIComponent(reference)}`),
  });

const HALF_HOUR_MS = 1_800_000;

/** The last 24 hours in 48 half hours that begin at full and half hours, so that the picture does not slide with each look. */
export function lastDay(now: number): { from: string; to: string } {
  const end = Math.ceil((now + 1) / HALF_HOUR_MS) * HALF_HOUR_MS;
  return { from: new Date(end - 48 * HALF_HOUR_MS).toISOString(), to: new Date(end).toISOString() };
}

export const daySummaryQuery = (direction: Direction = 'inbound') =>
  queryOptions({
    queryKey: ['summary', 'day', direction],
    queryFn: () => {
      const { from, to } = lastDay(Date.now());
      const asked = new URLSearchParams({ from, to, buckets: '48', direction });
      return request<ActivitySummary>('GET', `/api/activity/summary?${asked}`);
    },
    refetchInterval: 15_000,
  });
