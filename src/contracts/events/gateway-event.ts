import { z } from 'zod';
import { ATTACK_KINDS } from '../detection/attack-kinds.ts';

/**
 * One line of a gateway's spool (`spool/*.ndjson`): numbered without holes by `seq` within one spool (`gatewayId`).
 * Secrets and personal values never stand in an event: paths are templates, key ids stand for keys.
 */

/** What the attack filter saw: bounded in number and length, and without what could be a secret or somebody's data. */
export const AttackEvidence = z.object({
  score: z.int().meta({ description: '0 to 99: of the field that has most against it' }),
  complete: z.boolean().meta({ description: 'false: a part of the request was not looked at' }),
  charges: z
    .array(
      z.object({
        kind: z.enum(ATTACK_KINDS),
        technique: z.string(),
        confidence: z.int(),
        place: z.string().meta({ description: 'as an exclusion names it: "body.items[*].note"' }),
        excerpt: z.string().meta({ description: 'decoded; empty for fields that hold secrets' }),
        undone: z.array(z.string()).meta({ description: 'the encodings that were undone to see it' }),
      }),
    )
    .meta({ description: 'strongest first, 5 at most' }),
});
export type AttackEvidence = z.infer<typeof AttackEvidence>;

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
  attack: AttackEvidence.optional(),
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
