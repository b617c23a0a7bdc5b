import { z } from 'zod';
import { Duration } from '../units.ts';
import { Name } from './config-words.ts';

/** How much: `rateLimit`, `concurrency` of a route and `rateLimits` of the whole configuration. */

const Quota = z.int().min(1).max(1_000_000);
const LimitName = Name.optional().meta({ description: 'shown in the RateLimit header fields' });

/** The limits that the console has fields for; the configuration knows more of them, see {@link RouteLimit}. */
export const RateLimit = z.strictObject({
  name: LimitName,
  key: z
    .string()
    .regex(
      /^(address|consumer|body\.[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,4})$/,
      'address, consumer, or body.<field>',
    ),
  quota: Quota,
  window: Duration,
});

const PART =
  '(address|consumer|route|query\\.[^.+\\s]{1,64}|header\\.[A-Za-z0-9-]{1,64}|body\\.[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,4})';

const LimitKey = z
  .string()
  .regex(
    new RegExp(`^${PART}(\\+${PART}){0,2}$`),
    'address, consumer, route, body.<field>, query.<name>, header.<name>, or up to three of them joined by "+"',
  )
  .meta({ examples: ['address', 'consumer', 'route', 'body.email', 'consumer+query.shop'] });

const counted = {
  key: LimitKey,
  quota: Quota,
  window: Duration.optional(),
  per: z
    .literal('day')
    .optional()
    .meta({ description: 'in place of "window": a calendar day in UTC, kept over restarts' }),
};

const Cost = Quota.optional().meta({ description: 'how much one request counts; left out: 1' });

/** A limit of one route. `window` or `per`, as `src/configuration/check-limits.ts` sees to. */
const RouteLimit = z.strictObject({ name: LimitName, ...counted, cost: Cost });

/** A limit that several routes share, by the name that it has in `rateLimits`. */
const UseLimit = z.strictObject({ use: Name, cost: Cost });

export const RouteLimits = z.array(z.union([RouteLimit, UseLimit])).max(8);
export type RouteLimitConfig = z.infer<typeof RouteLimits>[number];

export const SharedLimits = z.array(z.strictObject({ name: Name, ...counted })).max(100);
export type SharedLimitConfig = z.infer<typeof SharedLimits>[number];

export const ConcurrencyLimits = z
  .array(z.strictObject({ key: z.enum(['address', 'consumer', 'route']), max: z.int().min(1).max(100_000) }))
  .max(3);
