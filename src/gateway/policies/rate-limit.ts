import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Exchange, PolicyFunction } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { type CountedLimit, count, countEach, countedLimit } from './counted-limit.ts';
import { type LimitKey, type LimitStage, limitKey, stageOf } from './limit-key.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { readBody } from './read-body.ts';
import { parseFields } from './read-fields.ts';

/** How much from one address (an IPv6 network counts as one). Before authentication, so that guessing keys is slowed too. */
export const rateLimitAddress: Policy = {
  id: 'rate-limit-address',
  create: (route, context) => countBy(limitsAt('address', route, context), (x) => x.peer.group),
};

/** How much by one consumer, whatever its address. */
export const rateLimitConsumer: Policy = {
  id: 'rate-limit-consumer',
  create: (route, context) => countBy(limitsAt('consumer', route, context), (x) => x.caller?.limitKey ?? null),
};

/** How much by everybody together, for one value of the query or of a header, or for several of these at once. */
export const rateLimitRequest: Policy = {
  id: 'rate-limit-request',
  create(route, context) {
    const limits = limitsAt('request', route, context);
    return limits.length === 0 ? null : (x) => countAll(x, limits, null);
  },
};

/** How much for one value of a body field: log-ins for one e-mail address, from wherever they come. */
export const rateLimitBody: Policy = {
  id: 'rate-limit-body',
  create(route, context) {
    const limits = limitsAt('body', route, context);
    if (limits.length === 0) return null;
    return async (x) => {
      const body = await readBody(x);
      if (!Buffer.isBuffer(body)) return body;
      if (body.length === 0) return null;
      const fields = parseFields(x, body);
      return 'code' in fields ? fields : countAll(x, limits, fields.values);
    };
  },
};

type KeyedLimit = { readonly limit: CountedLimit; readonly keys: LimitKey };

function limitsAt(stage: LimitStage, route: SnapshotRoute, context: PolicyContext): KeyedLimit[] {
  return route.rateLimits
    .filter((limit) => stageOf(limit.key) === stage)
    .map((limit) => {
      const place = limit.shared ? 'shared' : `${route.service} ${route.id}`;
      return {
        limit: countedLimit(context, `${place} ${limit.name} ${limit.key}`, limit),
        keys: limitKey(limit.key),
      };
    });
}

/** A missing field must not put all callers that lack it into one bucket: it counts nothing. */
function countAll(x: Exchange, limits: readonly KeyedLimit[], fields: unknown): Refusal | null {
  for (const { limit, keys } of limits) {
    const refusal = countEach(x, limit, keys(x, fields));
    if (refusal !== null) return refusal;
  }
  return null;
}

function countBy(limits: readonly KeyedLimit[], keyOf: (x: Exchange) => string | null): PolicyFunction | null {
  const only = limits[0]?.limit;
  if (only === undefined) return null;
  if (limits.length === 1) {
    return (x) => {
      const key = keyOf(x);
      return key === null ? null : count(x, only, key);
    };
  }
  return (x) => {
    const key = keyOf(x);
    if (key === null) return null;
    for (const { limit } of limits) {
      const refusal = count(x, limit, key);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}
