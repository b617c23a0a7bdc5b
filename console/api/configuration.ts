import { queryOptions } from '@tanstack/react-query';
import type { ConfigApplied, ConfigPlan, Revision, RevisionRestored } from '../../src/contracts/api/configuration.ts';
import { list, request } from './request.ts';

export const PLAN_DAYS = 7;

/** What a file, or going back to a revision, would change. */
export const planConfig = (what: { yaml: string } | { revision: number }, signal?: AbortSignal) =>
  request<ConfigPlan>('POST', '/api/config/plan', { ...what, days: PLAN_DAYS }, signal);
export const applyConfig = (yaml: string) => request<ConfigApplied>('POST', '/api/config/apply', { yaml });

export const revisionsQuery = queryOptions({
  queryKey: ['revisions'],
  queryFn: () => list<Revision>('/api/config/revisions'),
});
export const restoreRevision = (revision: number) =>
  request<RevisionRestored>('POST', `/api/config/revisions/${revision}/restore`);
