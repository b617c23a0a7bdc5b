import { z } from 'zod';
import { JwtAlgorithm } from '../config/jwt-config.ts';

/** Where the keys of an issuer come from. `set` is a JSON Web Key Set (RFC 7517 §5) of public keys. */
export const SnapshotJwtKeys = z.union([
  z.strictObject({ uri: z.string() }),
  z.strictObject({ discovery: z.literal(true) }),
  z.strictObject({ set: z.looseObject({ keys: z.array(z.record(z.string(), z.unknown())) }) }),
]);

/** An issuer of JSON Web Tokens as the gateway needs it, with every default filled in. */
export const SnapshotJwtIssuer = z.strictObject({
  issuer: z.string(),
  audience: z.array(z.string()),
  keys: SnapshotJwtKeys,
  algorithms: z.array(JwtAlgorithm),
  clockToleranceMs: z.int(),
  consumerClaim: z.string(),
  scopesClaim: z.string(),
  attributes: z.record(z.string(), z.string()).meta({ description: 'attribute: claim' }),
  record: z.enum(['hash', 'claim']),
  forwardToken: z.boolean(),
});
export type SnapshotJwtIssuer = z.infer<typeof SnapshotJwtIssuer>;
