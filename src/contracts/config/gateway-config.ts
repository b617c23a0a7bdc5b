import { z } from 'zod';
import { AttackFilterConfig } from './attack-filter-config.ts';
import { BansConfig, LoginProtection } from './attack-response-config.ts';
import { Mode } from './config-words.ts';
import { ConsumerConfig } from './consumer-config.ts';
import { DraftsConfig } from './drafts-config.ts';
import { ExceptionConfig } from './exception-config.ts';
import { JwtConfig } from './jwt-config.ts';
import { OAuth2Config } from './oauth2-config.ts';
import { OutboundConfig } from './outbound-config.ts';
import { SharedLimits } from './rate-limit-config.ts';
import { ResponseGuardConfig } from './response-guard-config.ts';
import { BlockList, ServerConfig } from './server-config.ts';
import { ServiceConfig } from './service-config.ts';
import { WebhookConfig } from './webhook-config.ts';

/**
 * The versioned configuration of the gateway: the shape of `nightlatch.yaml`, of the console's export and of the control
 * plane's import. Every object is strict: an unknown key is an error. `src/configuration/` reads it and explains faults.
 */

export const GatewayConfig = z.strictObject({
  version: z.literal(1),
  server: ServerConfig.optional(),
  defaults: z
    .strictObject({
      auth: z.enum(['required', 'none']).optional(),
      mode: Mode.optional(),
      loginProtection: LoginProtection.optional(),
    })
    .optional(),
  services: z.array(ServiceConfig).max(1_000),
  consumers: z.array(ConsumerConfig).max(20_000).optional(),
  blocklist: BlockList.optional().meta({
    description: 'addresses that are turned away before anything else is looked at',
  }),
  responseGuard: ResponseGuardConfig.optional().meta({ description: 'what may leave with answers' }),
  attackFilter: AttackFilterConfig.optional().meta({ description: 'requests that carry an attack; left out: watched' }),
  exceptions: z
    .array(ExceptionConfig)
    .max(1_000)
    .optional()
    .meta({ description: 'refusals that shall not happen, for a while' }),
  jwt: JwtConfig.optional().meta({ description: 'whose JSON Web Tokens are let in' }),
  oauth2: OAuth2Config.optional().meta({ description: 'who is asked about opaque access tokens' }),
  webhooks: z
    .record(z.string().max(64), WebhookConfig)
    .optional()
    .meta({ description: 'whose signed calls are let in: a name, mostly the vendor’s, and what belongs to it' }),
  rateLimits: SharedLimits.optional().meta({ description: 'limits that several routes share: { use: NAME, cost: 5 }' }),
  bans: BansConfig.optional().meta({ description: 'addresses that guess are kept out for a while' }),
  outbound: z.array(OutboundConfig).max(100).optional().meta({ description: 'vendors that own programs call' }),
  drafts: DraftsConfig.optional().meta({
    description: 'what calls and answers look like is learnt, never what they say',
  }),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
