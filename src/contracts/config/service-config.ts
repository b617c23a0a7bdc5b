import { z } from 'zod';
import { Duration } from '../units.ts';
import { Name } from './config-words.ts';
import { OpenapiConfig } from './openapi-config.ts';
import { RouteConfig } from './route-config.ts';

export const ServiceConfig = z.strictObject({
  name: Name,
  upstream: z.url({ protocol: /^https?$/ }),
  preserveHost: z
    .boolean()
    .optional()
    .meta({ description: 'send the caller’s Host upstream instead of the upstream’s own' }),
  timeouts: z.strictObject({ connect: Duration.optional(), response: Duration.optional() }).optional(),
  routes: z.array(RouteConfig).max(20_000),
  openapi: OpenapiConfig.optional().meta({ description: 'what requests must look like, and which routes there are' }),
});
