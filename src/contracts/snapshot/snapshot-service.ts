import { z } from 'zod';

export const SnapshotService = z.strictObject({
  name: z.string(),
  upstream: z.string().meta({ description: 'origin and optional base path, without a trailing slash' }),
  preserveHost: z.boolean(),
  connectTimeoutMs: z.int(),
  responseTimeoutMs: z.int(),
  schemas: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .meta({ description: 'JSON Schemas 2020-12 of its API description, by the names that its routes use' }),
});
export type SnapshotService = z.infer<typeof SnapshotService>;
