import { z } from 'zod';

export const SnapshotService = z.strictObject({
  name: z.string(),
  upstream: z.string().meta({ description: 'origin and optional base path, without a trailing slash' }),
  preserveHost: z.boolean(),
  connectTimeoutMs: z.int(),
  responseTimeoutMs: z.int(),
});
export type SnapshotService = z.infer<typeof SnapshotService>;
