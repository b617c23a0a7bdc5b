import { queryOptions } from '@tanstack/react-query';
import type {
  Exclusion,
  ExclusionRequest,
  ExclusionSaved,
  HonestCall,
  HonestCallRequest,
  HonestCallSaved,
} from '../../src/contracts/api/attacks.ts';
import type { Change } from '../../src/contracts/api/front-door.ts';
import { list, request } from './request.ts';

export const exclusionsQuery = queryOptions({
  queryKey: ['attack-exclusions'],
  queryFn: () => list<Exclusion>('/api/attack-exclusions'),
});
export const addExclusion = (input: ExclusionRequest) =>
  request<ExclusionSaved>('POST', '/api/attack-exclusions', input);
export const endExclusion = (id: string) =>
  request<{ change: Change }>('DELETE', `/api/attack-exclusions/${encodeURIComponent(id)}`);

export const honestCallsQuery = queryOptions({
  queryKey: ['honest-calls'],
  queryFn: () => list<HonestCall>('/api/honest-calls'),
});
export const sayHonest = (input: HonestCallRequest) => request<HonestCallSaved>('POST', '/api/honest-calls', input);
export const forgetHonest = (reference: string) =>
  request<void>('DELETE', `/api/honest-calls/${encodeURIComponent(reference)}`);
