import { queryOptions } from '@tanstack/react-query';
import type { Misfit } from '../../src/contracts/api/misfits.ts';
import type { PersonalData } from '../../src/contracts/api/personal-data.ts';
import type { Settings, SettingsSaved } from '../../src/contracts/api/settings.ts';
import { list, request } from './request.ts';

/** JSON Schema as far as it is put into words here. */
export type LearntSchema = {
  type?: string | string[];
  enum?: (string | null)[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: LearntSchema;
  properties?: Record<string, LearntSchema>;
  required?: string[];
  additionalProperties?: LearntSchema;
};
type Content = Record<string, { schema?: LearntSchema }>;
export type LearntOperation = {
  parameters?: { name: string; in: 'path' | 'query'; required?: boolean; schema: LearntSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
  'x-nightlatch-seen': number;
  'x-nightlatch-open': boolean;
};
/** The OpenAPI document that Nightlatch drafts itself. */
export type LearntDescription = {
  info: Record<string, string>;
  paths: Record<string, Record<string, LearntOperation>>;
};

const DAYS = 30;
const id = encodeURIComponent;

export const learntQuery = (service: string) =>
  queryOptions({
    queryKey: ['learnt', service],
    queryFn: () => request<LearntDescription>('GET', `/api/drafts/openapi?service=${id(service)}`),
    refetchInterval: 10_000,
  });
export const serviceSettingsQuery = (serviceId: string) =>
  queryOptions({
    queryKey: ['services', serviceId, 'settings'],
    queryFn: () => request<Settings>('GET', `/api/services/${id(serviceId)}/settings`),
  });
/** Null: nothing is held against a description any more. */
export const watchWith = (serviceId: string, inline: LearntDescription | null) =>
  request<SettingsSaved>('PATCH', `/api/services/${id(serviceId)}/settings`, {
    openapi: inline === null ? null : { inline, mode: 'monitor', routes: 'validate-only' },
  });
export const misfitsQuery = (service: string) =>
  queryOptions({
    queryKey: ['misfits', service],
    queryFn: () => list<Misfit>(`/api/activity/misfits?service=${id(service)}`),
    refetchInterval: 10_000,
  });
export const personalDataQuery = queryOptions({
  queryKey: ['personal-data'],
  queryFn: () => list<PersonalData>(`/api/personal-data?days=${DAYS}`),
  refetchInterval: 10_000,
});
export const PERSONAL_DATA_DAYS = DAYS;
