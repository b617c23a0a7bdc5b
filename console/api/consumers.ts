import { queryOptions } from '@tanstack/react-query';
import type { Consumer } from '../../src/contracts/api/front-door.ts';
import type { PasswordMade, SettingsSaved } from '../../src/contracts/api/settings.ts';
import { list, request } from './request.ts';

export const consumersQuery = queryOptions({
  queryKey: ['consumers'],
  queryFn: () => list<Consumer>('/api/consumers'),
});

/** What is known of a caller; of passwords the user names alone. */
export type CallerSettings = { attributes?: Record<string, string>; basic?: { username: string }[] };

const passwordsOf = (name: string) => `/api/consumers/${encodeURIComponent(name)}/passwords`;
export const makePassword = (name: string, username: string) =>
  request<PasswordMade>('POST', passwordsOf(name), { username });
export const endPassword = (name: string, username: string) =>
  request<SettingsSaved>('DELETE', `${passwordsOf(name)}/${encodeURIComponent(username)}`);
