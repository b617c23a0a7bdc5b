import { z } from 'zod';
import { Mode } from '../config/config-words.ts';

/** A parameter of the request that must equal what the caller is known by. */
export const SnapshotOwnership = z.strictObject({ param: z.string(), equals: z.string() });
export type SnapshotOwnership = z.infer<typeof SnapshotOwnership>;

/** A field of the answer that must equal what the caller is known by. */
export const SnapshotOwnAnswer = z.strictObject({
  items: z.array(z.string()).nullable().meta({ description: 'path of the list; empty: the answer; null: no list' }),
  field: z.array(z.string()),
  equals: z.string(),
  action: z.enum(['filter', 'refuse']),
});
export type SnapshotOwnAnswer = z.infer<typeof SnapshotOwnAnswer>;

/** How it is learnt on a route who owns what. */
export const SnapshotLearning = z.strictObject({
  mode: Mode,
  subject: z.string().nullable(),
  frontEnds: z.array(z.string()),
  exempt: z.array(z.string()),
  periodMs: z.int(),
  ids: z
    .array(z.strictObject({ resource: z.string(), index: z.int() }))
    .meta({ description: 'which path parameters are ids, and of what' }),
  lists: z
    .strictObject({ resource: z.string(), names: z.array(z.string()) })
    .nullable()
    .meta({ description: 'of what the answers hold ids, and the names under which these may stand' }),
});
export type SnapshotLearning = z.infer<typeof SnapshotLearning>;
