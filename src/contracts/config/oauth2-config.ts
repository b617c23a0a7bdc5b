import { z } from 'zod';
import { Duration } from '../units.ts';
import { SecretSource } from './secret-source.ts';

/** Authorization servers that are asked about opaque access tokens (OAuth 2.0 Token Introspection, RFC 7662). */

const Text = z.string().min(1).max(512);
const ClaimName = z.string().min(1).max(256);

export const IntrospectionConfig = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).meta({ description: 'the introspection endpoint; http for this machine alone' }),
  clientId: Text.meta({ description: 'as whom the gateway asks' }),
  clientSecret: SecretSource,
  issuer: Text.optional().meta({ description: 'the answer has to name it as "iss"' }),
  audience: z
    .union([Text, z.array(Text).min(1).max(20)])
    .optional()
    .meta({ description: 'the answer has to name one of these as "aud"' }),
  consumerClaim: ClaimName.optional().meta({ description: 'names the consumer; left out: sub' }),
  scopesClaim: ClaimName.optional().meta({ description: 'left out: scope' }),
  attributes: z
    .record(z.string().max(64), ClaimName)
    .optional()
    .meta({ description: 'attribute of the consumer: the member of the answer that it is taken from' }),
  cache: Duration.optional().meta({
    description: 'how long an answer holds; left out: 60s; at most 1h; 0s: ask each time',
  }),
  record: z
    .enum(['hash', 'claim'])
    .optional()
    .meta({ description: 'how the consumer stands in the record; left out: hash, as the claim may be personal' }),
  forwardToken: z.boolean().optional().meta({ description: 'send the token on to the upstream; left out: false' }),
});

export const OAuth2Config = z.strictObject({ introspection: z.array(IntrospectionConfig).min(1).max(5) });
export type OAuth2Config = z.infer<typeof OAuth2Config>;
