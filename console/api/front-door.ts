import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  Change,
  FrontDoorState,
  Key,
  KeyCreated,
  KeyLeaked,
  KeyReplaced,
  KeyRequest,
  LockRequest,
  ProbeResult,
  Route,
  RouteInput,
  ScopeInUse,
  Service,
  ServiceInput,
} from '../../src/contracts/api/front-door.ts';
import { list, request, requestText } from './request.ts';

export type Probe = z.infer<typeof ProbeResult>;
export type Changed = { change: Change };
const id = encodeURIComponent;

export const frontDoorQuery = queryOptions({
  queryKey: ['front-door'],
  queryFn: () => request<FrontDoorState>('GET', '/api/front-door'),
  refetchInterval: 5_000,
});

export const servicesQuery = queryOptions({
  queryKey: ['services'],
  queryFn: () => list<Service>('/api/services'),
});
export const connectService = (input: ServiceInput) =>
  request<Changed & { service: Service }>('POST', '/api/services', input);
export const changeService = (serviceId: string, input: Partial<ServiceInput>) =>
  request<Changed>('PATCH', `/api/services/${id(serviceId)}`, input);
export const removeService = (serviceId: string) => request<Changed>('DELETE', `/api/services/${id(serviceId)}`);
export const probeUpstream = (upstream: string) => request<Probe>('POST', '/api/services/probe', { upstream });

export const routesQuery = (serviceId: string) =>
  queryOptions({
    queryKey: ['services', serviceId, 'routes'],
    queryFn: () => list<Route>(`/api/services/${id(serviceId)}/routes`),
  });
export const addRoute = (serviceId: string, input: RouteInput) =>
  request<Changed & { route: Route }>('POST', `/api/services/${id(serviceId)}/routes`, input);
export const changeRoute = (routeId: string, input: RouteInput) =>
  request<Changed>('PATCH', `/api/routes/${id(routeId)}`, input);
export const removeRoute = (routeId: string) => request<Changed>('DELETE', `/api/routes/${id(routeId)}`);

export const scopesQuery = queryOptions({ queryKey: ['scopes'], queryFn: () => list<ScopeInUse>('/api/scopes') });

export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: () => list<Key>('/api/keys') });
export const createKey = (input: KeyRequest) => request<KeyCreated>('POST', '/api/keys', input);
export const revokeKey = (keyId: string) => request<Changed>('DELETE', `/api/keys/${id(keyId)}`);

export const replaceKey = (keyId: string, overlapHours: number) =>
  request<KeyReplaced>('POST', `/api/keys/${id(keyId)}/replace`, { overlapHours });
export const endLeakedKey = (keyId: string, replace: boolean) =>
  request<KeyLeaked>('POST', `/api/keys/${id(keyId)}/leaked`, { replace });

export const lockDoors = (input: LockRequest) => request<Changed>('POST', '/api/lock', input);
export const openDoors = () => request<Changed>('DELETE', '/api/lock');

export const exportConfig = () => requestText('/api/config');
