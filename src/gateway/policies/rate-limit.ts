import { hash } from 'node:crypto';
import type { SnapshotRateLimit, SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Limiter } from '../../storage/counters/counters.ts';
import type { Exchange, PolicyFunction } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { readBody } from './read-body.ts';
import { fieldOf, parseFields } from './read-fields.ts';

/** A limit of a route with its counter. `member` begins its RateLimit list member: `"address";r=`. */
type ActiveLimit = { limit: SnapshotRateLimit; limiter: Limiter; member: string };

/** How much from one address (an IPv6 network counts as one). Before authentication, so that guessing keys is slowed too. */
export const rateLimitAddress: Policy = {
  id: 'rate-limit-address',
  create: (route, context) =>
    countBy(
      activeLimits(route, context, (key) => key === 'address'),
      (x) => x.peer.group,
    ),
};

/** How much by one consumer, whatever its address. */
export const rateLimitConsumer: Policy = {
  id: 'rate-limit-consumer',
  create: (route, context) =>
    countBy(
      activeLimits(route, context, (key) => key === 'consumer'),
      (x) => x.caller?.limitKey ?? null,
    ),
};

/** How much for one value of a body field: log-ins for one e-mail address, from wherever they come. */
export const rateLimitBody: Policy = {
  id: 'rate-limit-body',
  create(route, context) {
    const limits = activeLimits(route, context, (key) => key.startsWith('body.'));
    if (limits.length === 0) return null;
    const counted = limits.map((active) => ({ active, path: active.limit.key.slice('body.'.length).split('.') }));
    return async (x) => {
      const body = await readBody(x);
      if (!Buffer.isBuffer(body)) return body;
      if (body.length === 0) return null;
      const fields = parseFields(x, body);
      if ('code' in fields) return fields;
      for (const { active, path } of counted) {
        const value = fieldOf(fields.values, path);
        // A missing field must not put all callers that lack it into one bucket.
        const refusal = value === null ? null : hit(x, active, hash('sha256', value, 'base64'));
        if (refusal !== null) return refusal;
      }
      return null;
    };
  },
};

function activeLimits(route: SnapshotRoute, context: PolicyContext, ofKind: (key: string) => boolean): ActiveLimit[] {
  return route.rateLimits
    .filter((limit) => ofKind(limit.key))
    .map((limit) => {
      const id = `${route.service} ${route.id} ${limit.name} ${limit.key}`;
      context.usesLimiter(id);
      const limiter = context.counters.limiter(id, { quota: limit.quota, windowMs: limit.windowMs });
      return { limit, limiter, member: `"${limit.name}";r=` };
    });
}

function countBy(limits: readonly ActiveLimit[], keyOf: (x: Exchange) => string | null): PolicyFunction | null {
  const only = limits[0];
  if (only === undefined) return null;
  if (limits.length === 1) {
    return (x) => {
      const key = keyOf(x);
      return key === null ? null : hit(x, only, key);
    };
  }
  return (x) => {
    const key = keyOf(x);
    if (key === null) return null;
    for (const limit of limits) {
      const refusal = hit(x, limit, key);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}

function hit(x: Exchange, active: ActiveLimit, key: string): Refusal | null {
  const result = active.limiter.hit(key, x.started);
  const seconds = Math.max(1, Math.ceil(result.resetMs / 1000));
  const member = `${active.member}${result.remaining};t=${seconds}`;
  x.rateLimit = x.rateLimit === '' ? member : `${x.rateLimit}, ${member}`;
  if (result.allowed) return null;
  return {
    code: 'rate-limited',
    detail: `${active.limit.name}: ${active.limit.quota} per ${active.limit.windowMs / 1000} s`,
    headers: ['Retry-After', String(seconds)],
  };
}
