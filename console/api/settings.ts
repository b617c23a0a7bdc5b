import { queryOptions } from '@tanstack/react-query';
import type { Settings, SettingsSaved, YourAddress } from '../../src/contracts/api/settings.ts';
import { request } from './request.ts';

/** Whose settings: the gateway as a whole, or one service, route or caller. */
export type SettingsOf = { of: 'gateway' } | { of: 'service' | 'route' | 'caller'; id: string };

const PLACES = { service: 'services', route: 'routes', caller: 'consumers' } as const;

function pathOf(whose: SettingsOf): string {
  if (whose.of === 'gateway') return '/api/settings';
  return `/api/${PLACES[whose.of]}/${encodeURIComponent(whose.id)}/settings`;
}

/** What the configuration says of it beyond what has a way of its own, by the names that it has there. */
export const settingsQuery = <Shape = Settings>(whose: SettingsOf) =>
  queryOptions({
    queryKey: ['settings', whose.of, whose.of === 'gateway' ? '' : whose.id],
    queryFn: () => request<Shape>('GET', pathOf(whose)),
  });

/** Each member takes the place of the one that is there; null takes it away. */
export const changeSettings = (whose: SettingsOf, patch: Settings) =>
  request<SettingsSaved>('PATCH', pathOf(whose), patch);

export const yourAddressQuery = queryOptions({
  queryKey: ['your-address'],
  queryFn: () => request<YourAddress>('GET', '/api/your-address'),
});
