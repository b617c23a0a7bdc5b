import { queryOptions } from '@tanstack/react-query';
import type { Change } from '../../src/contracts/api/front-door.ts';
import type { Protection, Protections } from '../../src/contracts/api/protections.ts';
import type { Exception, ExceptionRequest, Settings } from '../../src/contracts/api/settings.ts';
import type { Mode } from '../../src/contracts/config/config-words.ts';
import { withMode } from '../words/with-mode.ts';
import { list, request } from './request.ts';

/** How far the page looks back. */
export const LOOK_BACK_DAYS = 7;

export const protectionsQuery = queryOptions({
  queryKey: ['protections'],
  queryFn: () => request<Protections>('GET', `/api/protections?days=${LOOK_BACK_DAYS}`),
  refetchInterval: 10_000,
});

/** Puts a protection into another mode; everything else that its setting says stays. */
export async function setMode({ setting }: Protection, mode: Mode): Promise<{ change: Change }> {
  const { at, member } = setting;
  if (member === 'mode') return request('PATCH', at, { mode });
  const before = await request<Settings>('GET', at);
  return request('PATCH', at, { [member]: withMode(member, before[member], mode) });
}

export const exceptionsQuery = queryOptions({
  queryKey: ['exceptions'],
  queryFn: () => list<Exception>('/api/exceptions'),
});
export const addException = (input: ExceptionRequest) =>
  request<{ exception: Exception; change: Change }>('POST', '/api/exceptions', input);
export const endException = (id: string) =>
  request<{ change: Change }>('DELETE', `/api/exceptions/${encodeURIComponent(id)}`);
