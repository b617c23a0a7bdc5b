import type { RouteLimitConfig } from '../../../src/contracts/config/rate-limit-config.ts';

/** Limits that the rule's own form has no fields for: by other parts of a call, by the day, by what a call costs. */
export type LimitLine = {
  by: By;
  name: string;
  quota: number;
  span: string;
  cost: number;
  /** What the limit says besides, such as its name in the answer's header. */
  rest: Record<string, unknown>;
};

export const BY = ['route', 'address', 'consumer', 'query', 'header', 'body'] as const;
export type By = (typeof BY)[number];
export const NAMED = new Set<By>(['query', 'header', 'body']);
/** A calendar day, counted over restarts. */
export const PER_DAY = 'day';
export const SPANS = ['10s', '1m', '15m', '1h', PER_DAY];

export const FRESH: LimitLine = { by: 'route', name: '', quota: 1000, span: '1m', cost: 1, rest: {} };

/** Null for a limit that this page cannot show: a shared one, or one by several parts at once. */
export function limitLine(limit: RouteLimitConfig): LimitLine | null {
  if (!('key' in limit)) return null;
  const { key, quota, window, per, cost = 1, ...rest } = limit;
  const [by = '', ...name] = key.split('.');
  const known = BY.find((one) => one === by);
  if (key.includes('+') || known === undefined) return null;
  return { by: known, name: name.join('.'), quota, span: per ?? window ?? PER_DAY, cost, rest };
}

export function limitOf({ by, name, quota, span, cost, rest }: LimitLine): RouteLimitConfig {
  return {
    ...rest,
    key: NAMED.has(by) ? `${by}.${name.trim()}` : by,
    quota,
    ...(span === PER_DAY ? { per: 'day' as const } : { window: span }),
    ...(cost === 1 ? {} : { cost }),
  };
}
