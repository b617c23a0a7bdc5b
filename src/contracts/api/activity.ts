import { z } from 'zod';
import { PolicyDecision } from '../events/gateway-event.ts';

const Direction = z.enum(['inbound', 'outbound']);

/**
 * A recorded call as the console lists it, and as `GET /api/activity/stream` (SSE) sends it: `event: call` with one of these,
 * `event: skipped` with `{count}` when there were too many to show.
 */
export const ActivityEvent = z.object({
  cursor: z.string().meta({ description: 'opaque; pass as `before` for the next older page' }),
  id: z.string().meta({ description: 'the reference' }),
  time: z.iso.datetime(),
  direction: Direction.meta({ description: 'outbound: an own program called a vendor, which is the service' }),
  service: z.string().nullable(),
  route: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  code: z.string().nullable(),
  consumer: z.string().nullable(),
  key: z.string().nullable(),
  address: z.string(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  durationMs: z.number(),
  upstreamMs: z.number().nullable(),
  would: z.boolean().meta({ description: 'a protection that only watches would have stopped or changed it' }),
});
export type ActivityEvent = z.infer<typeof ActivityEvent>;

/** `GET /api/activity/events`: newest first. Filters combine with "and". */
export const ActivityQuery = z.object({
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  direction: z.enum(['all', 'inbound', 'outbound']).default('all'),
  outcome: z.enum(['all', 'let-in', 'turned-away', 'failed', 'would-stop']).default('all'),
  code: z.string().optional(),
  consumer: z.string().optional(),
  address: z.string().optional(),
  route: z.string().optional(),
  method: z.string().optional(),
  status: z.coerce.number().int().optional(),
});
export type ActivityQuery = z.infer<typeof ActivityQuery>;
/** A page may be short, even empty, while `next` is set: a combination of filters that fits little is looked for in steps. */
export const ActivityPage = z.object({ events: z.array(ActivityEvent), next: z.string().nullable() });
export type ActivityPage = z.infer<typeof ActivityPage>;

/** `GET /api/activity/events/:reference`: everything about one call; the console words it from `code` and `decisions`. */
export const ActivityDetail = ActivityEvent.extend({
  decisions: z.array(PolicyDecision),
  personal: z
    .record(z.string(), z.int())
    .meta({ description: 'how many personal values of each kind the answer held' }),
  revision: z.int(),
  gateway: z.string(),
  aborted: z.enum(['client', 'upstream']).nullable(),
  neededScopes: z.array(z.string()).meta({ description: 'what the route asks for today' }),
  keyScopes: z.array(z.string()).meta({ description: 'what the key has today' }),
  similarLastDay: z.int().meta({ description: 'same code, same caller or address, in the 24 hours before' }),
  ended: z
    .enum(['client', 'upstream', 'revoked', 'shutdown'])
    .nullable()
    .meta({ description: 'for an upgraded connection that is over: why it ended' }),
});
export type ActivityDetail = z.infer<typeof ActivityDetail>;

/** `GET /api/activity/summary?from&to&buckets`: the picture of a day (or any span). */
export const SummaryQuery = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  buckets: z.coerce.number().int().min(1).max(288).default(48),
  direction: Direction.default('inbound').meta({ description: 'the two are never added up' }),
});
export const ActivitySummary = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  total: z.int(),
  letIn: z.int(),
  turnedAway: z.int(),
  failed: z.int().meta({ description: 'upstream trouble and internal errors' }),
  buckets: z.array(z.object({ start: z.iso.datetime(), letIn: z.int(), turnedAway: z.int(), failed: z.int() })),
  reasons: z.array(z.object({ code: z.string(), count: z.int() })),
  slowest: z.array(
    z.object({ route: z.string(), service: z.string(), count: z.int(), meanMs: z.number(), maxMs: z.number() }),
  ),
  topCallers: z.array(z.object({ consumer: z.string().nullable(), count: z.int(), turnedAway: z.int() })),
  topAddresses: z.array(z.object({ address: z.string(), count: z.int(), turnedAway: z.int() })),
  missing: z.int().meta({ description: 'events known to be lost in this span (gaps), normally 0' }),
});
export type ActivitySummary = z.infer<typeof ActivitySummary>;
