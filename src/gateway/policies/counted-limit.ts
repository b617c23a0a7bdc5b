import type { SnapshotRateLimit } from '../../contracts/snapshot/snapshot-limits.ts';
import type { Limiter } from '../../storage/counters/counters.ts';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import type { PolicyContext } from './policy.ts';

/** A limit with its counter. `member` begins its RateLimit list member: `"address";r=`. */
export type CountedLimit = {
  readonly limiter: Limiter;
  readonly member: string;
  readonly cost: number;
  readonly byDay: boolean;
  readonly detail: string;
};

type Numbers = Pick<SnapshotRateLimit, 'name' | 'quota' | 'windowMs'> &
  Partial<Pick<SnapshotRateLimit, 'per' | 'cost'>>;

/** Limits with the same `id` and numbers count together. */
export function countedLimit(context: PolicyContext, id: string, limit: Numbers): CountedLimit {
  const { name, quota, windowMs, per = 'window', cost = 1 } = limit;
  return {
    limiter: context.counters.limiter(id, { quota, windowMs, per }),
    member: `"${name}";r=`,
    cost,
    byDay: per === 'day',
    detail: `${name}: ${quota} per ${per === 'day' ? 'day' : `${windowMs / 1000} s`}`,
  };
}

/** Counts a request; a refusal when there is nothing left of the quota. Notes where the caller stands. */
export function count(x: Exchange, limit: CountedLimit, key: string): Refusal | null {
  const result = limit.limiter.hit(key, limit.byDay ? x.time : x.started, limit.cost);
  const seconds = Math.max(1, Math.ceil(result.resetMs / 1000));
  const member = `${limit.member}${result.remaining};t=${seconds}`;
  x.rateLimit = x.rateLimit === '' ? member : `${x.rateLimit}, ${member}`;
  if (result.allowed) return null;
  return { code: 'rate-limited', detail: limit.detail, headers: ['Retry-After', String(seconds)] };
}

/** The same for each of several keys; the first refusal. */
export function countEach(x: Exchange, limit: CountedLimit, keys: readonly string[]): Refusal | null {
  for (const key of keys) {
    const refusal = count(x, limit, key);
    if (refusal !== null) return refusal;
  }
  return null;
}
