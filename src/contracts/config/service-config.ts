import { z } from 'zod';
import { Duration } from '../units.ts';
import { Name } from './config-words.ts';
import { ServiceOwnership } from './ownership-config.ts';
import { RouteConfig } from './route-config.ts';

export const ServiceConfig = z.strictObject({
  name: Name,
  upstream: z.url({ protocol: /^https?$/ }),
  preserveHost: z
    .boolean()
    .optional()
    .meta({ description: 'send the caller’s Host upstream instead of the upstream’s own' }),
  timeouts: z.strictObject({ connect: Duration.optional(), response: Duration.optional() }).optional(),
  ownership: ServiceOwnership.optional().meta({
    description: 'how it is learnt who owns what; left out: watched on routes with an id in their path',
  }),
  routes: z.array(RouteConfig).max(20_000),
});
