import { z } from 'zod';

/** How closely the gateway looks at calls and answers to learn what they look like; null: not at all. */
export const SnapshotDrafts = z.strictObject({
  perSecond: z.int().meta({ description: 'of each route' }),
  maxBytes: z.int().meta({ description: 'longer bodies are not looked at' }),
});
export type SnapshotDrafts = z.infer<typeof SnapshotDrafts>;
