import { z } from 'zod';
import { ATTACK_KINDS, ATTACK_PROFILES } from '../detection/attack-kinds.ts';
import { ByteSize } from '../units.ts';
import { Mode, Name } from './config-words.ts';
import { Expires } from './consumer-config.ts';

/** `attackFilter` of `nightlatch.yaml`: what stops requests that try to make the application do something else. */

/** A field, or several: `query.q`, `body.items[*].note`, `header.x-note`, `cookie.theme`, `body.article.*`. */
export const FieldPattern = z
  .string()
  .max(256)
  .regex(
    /^(?:\*|(?:path|query|header|cookie|body)(?:\*?|[.[](?:\*|(?:[^*]|\[\*\]){1,240}\*?)))$/,
    'write a field such as query.q or body.items[*].note; "*" stands in brackets or at the end',
  )
  .meta({ examples: ['query.q', 'body.items[*].note', 'body.article.*'] });

const FieldUse = z.strictObject({
  place: FieldPattern,
  holds: z.enum(['code', 'markup', 'prose']).meta({
    description: 'code: programs and queries; markup: HTML or XML; prose: texts that people write',
  }),
});

const excluded = {
  detector: z.enum([...ATTACK_KINDS, 'any']).meta({ description: 'the kind of attack that this is not' }),
  field: FieldPattern,
  expires: Expires,
  reason: z.string().max(500).optional(),
};
const Exclusion = z.strictObject(excluded);
const route = z
  .string()
  .max(4096)
  .optional()
  .meta({ description: 'id of the route: "GET /search"; left out: all routes' });

/** What the whole configuration excludes. The console writes its own here, so that they can be found again by their id. */
export const AttackExclusion = z.strictObject({
  id: Name.optional(),
  ...excluded,
  service: Name.optional().meta({ description: 'left out: all services' }),
  route,
});
export type AttackExclusion = z.infer<typeof AttackExclusion>;

const filter = {
  mode: Mode.optional().meta({ description: 'left out: monitor' }),
  profile: z.enum(ATTACK_PROFILES).optional().meta({
    description: 'how sure the filter must be; careful: fewest false alarms; left out: balanced',
  }),
  fields: z.array(FieldUse).max(500).optional().meta({
    description: 'fields that hold what looks like an attack elsewhere; the nearest word about a field counts',
  }),
  maxBody: ByteSize.optional().meta({ description: 'bodies up to this size are inspected; left out: 1MiB' }),
  whenIncomplete: z.enum(['pass', 'refuse']).optional().meta({
    description: 'what happens to requests that cannot be inspected as a whole; recorded either way; left out: pass',
  }),
};

/** What holds for one route, where it differs. Fields and exclusions add to those of the service and of the whole. */
export const RouteAttackFilter = z.strictObject({ ...filter, exclusions: z.array(Exclusion).max(500).optional() });

export const ServiceAttackFilter = z.strictObject({
  ...filter,
  exclusions: z
    .array(z.strictObject({ ...excluded, route }))
    .max(500)
    .optional(),
});

export const AttackFilterConfig = z.strictObject({
  ...filter,
  exclusions: z.array(AttackExclusion).max(1_000).optional().meta({
    description: 'what is no attack, for a while: narrow, and it ends by itself',
  }),
});
