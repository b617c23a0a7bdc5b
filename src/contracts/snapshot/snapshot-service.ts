import { z } from 'zod';

export const SnapshotUpstream = z.strictObject({ url: z.string(), weight: z.int() });
export type SnapshotUpstream = z.infer<typeof SnapshotUpstream>;

export const SnapshotHealth = z.strictObject({
  path: z.string(),
  intervalMs: z.int(),
  timeoutMs: z.int(),
  healthyAfter: z.int(),
  unhealthyAfter: z.int(),
  statusFrom: z.int(),
  statusTo: z.int(),
});
export type SnapshotHealth = z.infer<typeof SnapshotHealth>;

export const SnapshotBreaker = z.strictObject({ failures: z.int(), windowMs: z.int(), openMs: z.int() });
export type SnapshotBreaker = z.infer<typeof SnapshotBreaker>;

export const SnapshotService = z.strictObject({
  name: z.string(),
  upstream: z
    .string()
    .meta({ description: 'origin and optional base path, without a trailing slash; the first when there are several' }),
  upstreams: z.array(SnapshotUpstream).default([]).meta({ description: 'all of them; empty: "upstream" alone' }),
  preserveHost: z.boolean(),
  connectTimeoutMs: z.int(),
  responseTimeoutMs: z.int(),
  idleTimeoutMs: z.int().default(300_000).meta({ description: 'between two pieces of an answer' }),
  health: SnapshotHealth.nullable().default(null),
  breaker: SnapshotBreaker.nullable().default(null),
  retryIdempotencyKey: z.boolean().default(false),
  schemas: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .meta({ description: 'JSON Schemas 2020-12 of its API description, by the names that its routes use' }),
});
export type SnapshotService = z.infer<typeof SnapshotService>;
