import { z } from 'zod';
import { Mode } from '../config/config-words.ts';
import { ATTACK_KINDS, ATTACK_PROFILES } from '../detection/attack-kinds.ts';

/** How the requests of one route are inspected for attacks, with every default filled in. */
export const SnapshotAttackFilter = z.strictObject({
  mode: Mode,
  profile: z.enum(ATTACK_PROFILES),
  fields: z
    .array(z.strictObject({ place: z.string(), holds: z.enum(['code', 'markup', 'prose']) }))
    .meta({ description: 'the first that fits a field counts' }),
  exclusions: z.array(
    z.strictObject({
      detector: z.enum(ATTACK_KINDS).nullable().meta({ description: 'null: any' }),
      field: z.string(),
      expiresAt: z.int(),
    }),
  ),
  maxBodyBytes: z.int(),
  whenIncomplete: z.enum(['pass', 'refuse']),
});
export type SnapshotAttackFilter = z.infer<typeof SnapshotAttackFilter>;
