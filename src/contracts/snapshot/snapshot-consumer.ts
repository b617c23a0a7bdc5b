import { z } from 'zod';

const SnapshotBasic = z.strictObject({
  username: z.string(),
  passwordHash: z.string().meta({ description: 'argon2id, PHC string format' }),
  expiresAt: z.int().nullable(),
});

/** What a certificate has to show; null: anything. */
const SnapshotCertificate = z.strictObject({
  subject: z.string().nullable(),
  fingerprint256: z.string().nullable().meta({ description: 'hex, lower case, without colons' }),
  sanUri: z.string().nullable(),
  sanDns: z.string().nullable().meta({ description: 'lower case' }),
});
export type SnapshotCertificate = z.infer<typeof SnapshotCertificate>;

export const SnapshotConsumer = z.strictObject({
  name: z.string(),
  attributes: z.record(z.string(), z.string()),
  scopes: z.array(z.string()),
  basic: z.array(SnapshotBasic).default([]),
  certificates: z.array(SnapshotCertificate).default([]),
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
