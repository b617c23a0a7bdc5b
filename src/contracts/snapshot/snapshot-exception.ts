import { z } from 'zod';

/** A refusal that shall not happen; null means any. */
export const SnapshotException = z.strictObject({
  policy: z.string(),
  service: z.string(),
  route: z.string(),
  code: z.string().nullable(),
  consumer: z.string().nullable(),
  address: z.string().nullable(),
  places: z.array(z.string()).nullable(),
  expiresAt: z.int(),
});
export type SnapshotException = z.infer<typeof SnapshotException>;
