import { z } from 'zod';
import { Duration } from '../units.ts';

/**
 * Issuers of JSON Web Tokens (RFC 7519) whose tokens the gateway lets in. Symmetric algorithms are not to be had: whoever can
 * check such a token can also make one.
 */

export const JwtAlgorithm = z.enum([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]);
export type JwtAlgorithm = z.infer<typeof JwtAlgorithm>;

const ClaimName = z.string().min(1).max(256);

/** RFC 7517 §5; what else stands in a key is left to the verifier. */
const KeySet = z.looseObject({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(100),
});

export const JwtIssuerConfig = z.strictObject({
  issuer: z.string().min(1).max(512).meta({ description: 'exactly what the claim "iss" says' }),
  audience: z
    .union([z.string().min(1).max(512), z.array(z.string().min(1).max(512)).min(1).max(20)])
    .meta({ description: 'the claim "aud" has to name one of these' }),
  jwksUri: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: 'where the issuer publishes its keys; http for this machine alone' }),
  discovery: z
    .boolean()
    .optional()
    .meta({ description: 'ask the issuer where its keys are (OpenID Connect Discovery); so too without any keys' }),
  jwks: z
    .union([z.strictObject({ file: z.string().min(1) }), KeySet])
    .optional()
    .meta({ description: 'the keys themselves, or a file that holds them, beside the configuration' }),
  algorithms: z.array(JwtAlgorithm).min(1).optional().meta({ description: 'left out: RS256, PS256, ES256, EdDSA' }),
  clockTolerance: Duration.optional().meta({ description: 'left out: 30s; at most 5m' }),
  consumerClaim: ClaimName.optional().meta({ description: 'names the consumer; left out: sub' }),
  scopesClaim: ClaimName.optional().meta({ description: 'left out: scope; one text with spaces, or a list' }),
  attributes: z
    .record(z.string().max(64), ClaimName)
    .optional()
    .meta({ description: 'attribute of the consumer: the claim that it is taken from' }),
  record: z
    .enum(['hash', 'claim'])
    .optional()
    .meta({ description: 'how the consumer stands in the record; left out: hash, as the claim may be personal' }),
  forwardToken: z.boolean().optional().meta({ description: 'send the token on to the upstream; left out: false' }),
});

export const JwtConfig = z.strictObject({ issuers: z.array(JwtIssuerConfig).min(1).max(20) });
export type JwtConfig = z.infer<typeof JwtConfig>;
