import { z } from 'zod';
import { SecretSource } from '../config/secret-source.ts';

/** An authorization server that is asked about tokens (RFC 7662), with every default filled in. */
export const SnapshotIntrospection = z.strictObject({
  url: z.string(),
  clientId: z.string(),
  clientSecret: SecretSource,
  issuer: z.string().nullable(),
  audience: z.array(z.string()).meta({ description: 'empty: any' }),
  consumerClaim: z.string(),
  scopesClaim: z.string(),
  attributes: z.record(z.string(), z.string()).meta({ description: 'attribute: member of the answer' }),
  cacheMs: z.int(),
  record: z.enum(['hash', 'claim']),
  forwardToken: z.boolean(),
});
export type SnapshotIntrospection = z.infer<typeof SnapshotIntrospection>;
