import { z } from 'zod';
import { Duration } from '../units.ts';
import { ServiceAttackFilter } from './attack-filter-config.ts';
import { Name } from './config-words.ts';
import { OpenapiConfig } from './openapi-config.ts';
import { ServiceOwnership } from './ownership-config.ts';
import { RouteConfig } from './route-config.ts';
import { BreakerConfig, HealthConfig, RetryConfig, UpstreamConfig } from './upstream-config.ts';

export const ServiceConfig = z.strictObject({
  name: Name,
  upstream: UpstreamConfig.meta({ description: 'an address, or a list of addresses or { url, weight }' }),
  preserveHost: z
    .boolean()
    .optional()
    .meta({ description: 'send the caller’s Host upstream instead of the upstream’s own' }),
  timeouts: z
    .strictObject({
      connect: Duration.optional().meta({ description: 'for all upstreams that are tried together' }),
      response: Duration.optional().meta({ description: 'until the answer begins' }),
      idle: Duration.optional().meta({ description: 'between two pieces of an answer; event streams may be silent' }),
    })
    .optional(),
  health: HealthConfig.optional().meta({ description: 'asks each upstream at intervals whether it is well' }),
  breaker: BreakerConfig.optional().meta({ description: 'lets an upstream rest that only fails; left out: none' }),
  retry: RetryConfig.optional(),
  ownership: ServiceOwnership.optional().meta({
    description: 'how it is learnt who owns what; left out: watched on routes with an id in their path',
  }),
  attackFilter: ServiceAttackFilter.optional().meta({ description: 'where it differs from the whole' }),
  routes: z.array(RouteConfig).max(20_000),
  openapi: OpenapiConfig.optional().meta({ description: 'what requests must look like, and which routes there are' }),
});
