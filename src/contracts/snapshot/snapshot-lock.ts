import { z } from 'zod';

/** The emergency lock: named routes (their ids) or everything answers with a plain maintenance message. */
export const SnapshotLock = z.strictObject({
  since: z.int(),
  message: z.string(),
  routes: z.union([z.literal('all'), z.array(z.string())]),
  allowConsumers: z.array(z.string()),
});
export type SnapshotLock = z.infer<typeof SnapshotLock>;
