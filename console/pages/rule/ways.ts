import type { RuleSettings } from './rule-settings.ts';

export type Auth = NonNullable<RuleSettings['auth']>;

/** In the order in which a shopkeeper has heard of them. */
export const WAYS = ['apiKey', 'jwt', 'oauth2', 'basic', 'mtls'] as const;

/** `usual`: whatever way a caller has, as long as one is good. */
export type Ways = { usual: boolean; how: 'any' | 'all'; chosen: string[] };

export function waysOf(auth: Auth | undefined): Ways {
  if (typeof auth !== 'object') return { usual: true, how: 'any', chosen: [] };
  if ('all' in auth) return { usual: false, how: 'all', chosen: [...auth.all] };
  return { usual: false, how: 'any', chosen: [...auth.any] };
}

/** As the settings take it; null: the usual. */
export function withWays({ usual, how, chosen }: Ways): { any: string[] } | { all: string[] } | null {
  if (usual) return null;
  return how === 'any' ? { any: chosen } : { all: chosen };
}
