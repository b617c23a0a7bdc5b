import { z } from 'zod';
import { Mode } from './config-words.ts';
import { ConsumerConfig } from './consumer-config.ts';
import { JwtConfig } from './jwt-config.ts';
import { OutboundConfig } from './outbound-config.ts';
import { BlockList, ServerConfig } from './server-config.ts';
import { ServiceConfig } from './service-config.ts';

/**
 * The versioned configuration of the gateway: the shape of `nightlatch.yaml`, of the console's export and of the control
 * plane's import. Every object is strict: an unknown key is an error. `src/configuration/` reads it and explains faults.
 */

export const GatewayConfig = z.strictObject({
  version: z.literal(1),
  server: ServerConfig.optional(),
  defaults: z.strictObject({ auth: z.enum(['required', 'none']).optional(), mode: Mode.optional() }).optional(),
  services: z.array(ServiceConfig).max(1_000),
  consumers: z.array(ConsumerConfig).max(20_000).optional(),
  blocklist: BlockList.optional().meta({
    description: 'addresses that are turned away before anything else is looked at',
  }),
  jwt: JwtConfig.optional().meta({ description: 'whose JSON Web Tokens are let in' }),
  outbound: z.array(OutboundConfig).max(100).optional().meta({ description: 'vendors that own programs call' }),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
