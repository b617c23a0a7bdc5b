import { z } from 'zod';

export const SnapshotConsumer = z.strictObject({
  name: z.string(),
  attributes: z.record(z.string(), z.string()),
  scopes: z.array(z.string()),
});
export type SnapshotConsumer = z.infer<typeof SnapshotConsumer>;

export const SnapshotKey = z.strictObject({
  id: z.string(),
  consumer: z.string(),
  hash: z.string().meta({ description: 'hex SHA-256 of the whole key' }),
  expiresAt: z.int().nullable(),
  revoked: z
    .boolean()
    .meta({ description: 'kept for a while so that the record can say "revoked" instead of "unknown"' }),
  scopes: z.array(z.string()).nullable().meta({ description: 'null: all scopes of the consumer' }),
});
export type SnapshotKey = z.infer<typeof SnapshotKey>;
