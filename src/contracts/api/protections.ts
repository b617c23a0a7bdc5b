import { z } from 'zod';
import { Mode } from '../config/config-words.ts';

/** `GET /api/protections?days=7`: what can be off, watch or protect, and what it stopped or would have stopped. */
export const ProtectionsQuery = z.object({ days: z.coerce.number().int().min(1).max(90).default(7) });

/** Calls of one caller that a protection saw in the same way. */
export const ProtectionFinding = z.object({
  decision: z.enum(['deny', 'would-deny', 'changed', 'would-change', 'excepted', 'noticed']),
  policy: z.string(),
  route: z.string().nullable(),
  code: z.string().nullable(),
  consumer: z.string().nullable().meta({ description: 'null: nobody whom the gateway knows' }),
  about: z.string().nullable().meta({ description: 'the first fault, where that says more: "body.note: maxLength"' }),
  calls: z.int(),
  latest: z.string().meta({ description: 'the reference of one of these calls' }),
});
export type ProtectionFinding = z.infer<typeof ProtectionFinding>;

/** Calls in which the attack filter saw the same in the same field, whoever sent them. */
export const AttackGroup = z.object({
  kind: z.string().meta({ description: 'kind of attack, see contracts/detection/attack-kinds.ts' }),
  field: z.string().meta({ description: '"body.items[*].note"; names that only callers know are {…}' }),
  service: z.string(),
  route: z.string(),
  calls: z.int(),
  honest: z.int().meta({ description: 'of those the ones of callers with a good key' }),
  latest: z.string().meta({ description: 'the reference of one of these calls' }),
});
export type AttackGroup = z.infer<typeof AttackGroup>;

export const Protection = z.object({
  id: z.string(),
  kind: z.enum(['attacks', 'input', 'answers', 'guessing', 'ownership', 'rules']),
  part: z.enum(['route', 'service', 'whole']),
  service: z.string().nullable(),
  route: z.string().nullable(),
  mode: Mode,
  effective: Mode.meta({ description: 'another than "mode" where the whole route only watches' }),
  modes: z.array(Mode).meta({ description: 'what it can be' }),
  since: z.iso.datetime().meta({ description: 'since when it is in this mode' }),
  setting: z
    .object({ at: z.string(), member: z.string() })
    .meta({ description: 'where the mode is changed: PATCH this address with this member' }),
  would: z.int().meta({ description: 'calls that it would have stopped or whose answer it would have changed' }),
  honest: z.int().meta({ description: 'of those the ones of callers with a good key' }),
  stopped: z.int(),
  excepted: z.int(),
  days: z.array(z.object({ day: z.iso.date(), would: z.int(), stopped: z.int() })),
  attacks: z.array(AttackGroup).meta({ description: 'of the attack filter: what it found where, 30 at most' }),
  findings: z.array(ProtectionFinding).meta({ description: 'the biggest, 20 at most' }),
});
export type Protection = z.infer<typeof Protection>;

export const Protections = z.object({
  days: z.int(),
  items: z.array(Protection),
  enforcing: z.int().meta({ description: 'routes that protect and have nothing to tell; they are left out' }),
});
export type Protections = z.infer<typeof Protections>;
