import { z } from 'zod';
import { BansConfig, LoginProtection } from './attack-response-config.ts';
import { Mode } from './config-words.ts';
import { ConsumerConfig } from './consumer-config.ts';
import { JwtConfig } from './jwt-config.ts';
import { SharedLimits } from './rate-limit-config.ts';
import { BlockList, ServerConfig } from './server-config.ts';
import { ServiceConfig } from './service-config.ts';

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
  jwt: JwtConfig.optional().meta({ description: 'whose JSON Web Tokens are let in' }),
  rateLimits: SharedLimits.optional().meta({ description: 'limits that several routes share: { use: NAME, cost: 5 }' }),
  bans: BansConfig.optional().meta({ description: 'addresses that guess are kept out for a while' }),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
