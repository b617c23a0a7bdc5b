import { z } from 'zod';

/**
 * One line of a gateway's spool (`spool/*.ndjson`): numbered without holes by `seq` within one spool (`gatewayId`).
 * Secrets and personal values never stand in an event: paths are templates, key ids stand for keys.
 */

export const PolicyDecision = z.object({
  policy: z.string().meta({ description: 'id of the policy: authenticate, rate-limit-address …' }),
  decision: z.enum(['allow', 'deny', 'would-deny', 'changed', 'would-change', 'excepted', 'noticed']),
  code: z.string().optional().meta({ description: 'denial code, see contracts/errors/denials.ts' }),
  detail: z
    .string()
    .optional()
    .meta({ description: 'for the owner and developer, never sent to the caller: "revoked"' }),
  places: z.array(z.string()).optional().meta({
    description: 'where the input does not fit: "body.items[].note"; names that only the caller knows are {…}',
  }),
});
export type PolicyDecision = z.infer<typeof PolicyDecision>;

const Line = { seq: z.int().min(1), time: z.iso.datetime() };

/** One request, answered or refused; for an accepted upgrade (status 101) it is written before the 101 leaves. */
export const RequestEvent = z.object({
  ...Line,
  type: z.literal('request'),
  id: z.string().meta({ description: 'ULID; the X-Request-Id of the answer and the reference in a problem body' }),
  direction: z.enum(['inbound', 'outbound']).optional().meta({
    description: 'outbound: a call of own programs to a vendor, which is then the service; left out: inbound',
  }),
  service: z.string().nullable(),
  route: z.string().nullable().meta({ description: 'route id; null when none matched' }),
  method: z.string(),
  path: z.string().meta({
    description:
      'path template; where none matched or it ends in /*, the shape of the path: numbers, names and secrets as {…}',
  }),
  status: z.int().meta({ description: '0: the caller left before an answer began' }),
  code: z.string().nullable().meta({ description: 'denial code when the gateway itself answered' }),
  consumer: z.string().nullable(),
  key: z.string().nullable(),
  user: z.string().optional().meta({
    description: 'user name of a basic sign-in or subject of a client certificate, where the caller had one',
  }),
  address: z.string(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  durationMs: z.number(),
  upstreamMs: z.number().nullable(),
  aborted: z.enum(['client', 'upstream']).optional(),
  decisions: z.array(PolicyDecision),
  personal: z
    .record(z.string(), z.int())
    .optional()
    .meta({ description: 'how many personal values of each kind the answer held' }),
  revision: z.int(),
});
export type RequestEvent = z.infer<typeof RequestEvent>;

/** The end of an upgraded connection whose beginning was recorded under the same id. */
export const StreamEndEvent = z.object({
  ...Line,
  type: z.literal('stream-end'),
  id: z.string(),
  bytesIn: z.int(),
  bytesOut: z.int(),
  durationMs: z.number(),
  reason: z.enum(['client', 'upstream', 'revoked', 'shutdown']),
});
export type StreamEndEvent = z.infer<typeof StreamEndEvent>;

/** Events that are no longer to be had, and why; never silent. */
export const GapEvent = z.object({
  ...Line,
  type: z.literal('gap'),
  from: z.int().meta({ description: 'first missing seq' }),
  to: z.int().meta({ description: 'last missing seq' }),
  reason: z.enum(['size-cap', 'age-cap', 'disk-full', 'damaged']),
});
export type GapEvent = z.infer<typeof GapEvent>;

export const GatewayEvent = z.discriminatedUnion('type', [RequestEvent, StreamEndEvent, GapEvent]);
export type GatewayEvent = z.infer<typeof GatewayEvent>;
