import { z } from 'zod';
import { Change, ConfigImportResult } from './front-door.ts';

const Yaml = z.string().max(5_000_000);
const Days = z.int().min(1).max(90).default(7).meta({ description: 'how many days of recorded calls are looked at' });

/** `POST /api/config/plan`: a configuration, or a revision to go back to. */
export const ConfigPlanRequest = z.union([
  z.strictObject({ yaml: Yaml, days: Days }),
  z.strictObject({ revision: z.int(), days: Days }),
]);
export type ConfigPlanRequest = z.infer<typeof ConfigPlanRequest>;

/** Calls of one caller to one route that would have been turned away for one reason. */
export const PlannedRefusal = z.object({
  consumer: z.string().nullable(),
  address: z.string().nullable(),
  service: z.string().nullable(),
  route: z.string().nullable(),
  code: z.string().meta({ description: 'denial code' }),
  detail: z.string().nullable(),
  calls: z.int(),
  last: z.iso.datetime(),
  estimated: z.boolean(),
});
export type PlannedRefusal = z.infer<typeof PlannedRefusal>;

/** What a configuration would change, and whom it would have turned away that the one in force does not. */
export const ConfigPlan = z.object({
  changes: z.array(z.string()),
  days: z.int(),
  calls: z.int().meta({ description: 'recorded calls that were looked at' }),
  estimated: z.int().meta({ description: 'those of them that only counts of hours or minutes are known of' }),
  turnedAwayCalls: z.int(),
  turnedAway: z.array(PlannedRefusal).meta({ description: 'most calls first' }),
  more: z.int().meta({ description: 'how many lines were left off' }),
  unknown: z.array(z.string()).meta({ description: 'what the record cannot tell' }),
});
export type ConfigPlan = z.infer<typeof ConfigPlan>;

/** `POST /api/config/apply`. `probe: false`: does not look whether changed services answer. */
export const ConfigApplyRequest = z.strictObject({ yaml: Yaml, probe: z.boolean().default(true) });
export const ConfigApplied = ConfigImportResult.extend({ changes: z.array(z.string()) });
export type ConfigApplied = z.infer<typeof ConfigApplied>;

/** One of the last 20 revisions; newest first in lists. */
export const Revision = z.object({
  revision: z.int(),
  at: z.iso.datetime(),
  actor: z.string(),
  changes: z.array(z.string()).meta({ description: 'the first ones' }),
  changeCount: z.int(),
  inForce: z.boolean(),
  restorable: z.boolean().meta({ description: 'false: made by a version that did not keep the rules' }),
});
export type Revision = z.infer<typeof Revision>;
export const Revisions = z.object({ items: z.array(Revision) });
/** `POST /api/config/revisions/:revision/restore`. */
export const RevisionRestored = z.object({ revision: z.int(), changes: z.array(z.string()), change: Change });
export type RevisionRestored = z.infer<typeof RevisionRestored>;
