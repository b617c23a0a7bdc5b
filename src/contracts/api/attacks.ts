import { z } from 'zod';
import { AttackExclusion, FieldPattern } from '../config/attack-filter-config.ts';
import { Name } from '../config/config-words.ts';
import { TestCase } from '../detection/test-case.ts';
import { Change } from './front-door.ts';

/** What was no attack: an exclusion for one kind in one field of one route; it ends by itself after `days`. */
export const ExclusionRequest = AttackExclusion.omit({ id: true, expires: true }).extend({
  service: Name,
  route: z.string().max(4096),
  field: FieldPattern,
  days: z.int().min(1).max(90),
});
export type ExclusionRequest = z.infer<typeof ExclusionRequest>;
export const Exclusion = AttackExclusion.required({ id: true });
export type Exclusion = z.infer<typeof Exclusion>;
export const ExclusionSaved = z.object({ exclusion: Exclusion, change: Change });
export type ExclusionSaved = z.infer<typeof ExclusionSaved>;

/** `POST /api/honest-calls`: this call was honest. Excludes what was held against it, and keeps it to be judged anew. */
export const HonestCallRequest = z.strictObject({
  reference: z.string().max(64),
  days: z.int().min(1).max(90),
  reason: z.string().max(500).optional(),
});
export type HonestCallRequest = z.infer<typeof HonestCallRequest>;
export const HonestCallSaved = z.object({
  exclusions: z.array(Exclusion),
  kept: z.boolean().meta({ description: 'false where nothing of the call may be kept' }),
  change: Change,
});
export type HonestCallSaved = z.infer<typeof HonestCallSaved>;

/** A call that was said to be honest, as it lies in the data folder's `test-cases/`. */
export const HonestCall = TestCase.pick({ reference: true, kept: true, service: true, route: true, charges: true });
export type HonestCall = z.infer<typeof HonestCall>;
