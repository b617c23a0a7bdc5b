import { z } from 'zod';
import { ByteSize } from '../units.ts';
import { RouteAttackFilter } from './attack-filter-config.ts';
import { LoginProtection } from './attack-response-config.ts';
import { AuthWay, RouteWay } from './auth-way.ts';
import { HttpMethod, Mode, PathTemplate, Scope } from './config-words.ts';
import { RouteOwnership } from './ownership-config.ts';
import { ConcurrencyLimits, RouteLimits } from './rate-limit-config.ts';
import { RouteResponseGuard } from './response-guard-config.ts';
import { ValidationConfig } from './validation-config.ts';

export const RouteAuth = z.union([
  z.literal('none'),
  z.literal('required'),
  z.strictObject({ any: z.array(RouteWay).min(1) }),
  z.strictObject({ all: z.array(AuthWay).min(1) }),
]);

export const RouteConfig = z.strictObject({
  match: z.strictObject({
    path: PathTemplate,
    methods: z.array(HttpMethod).optional().meta({ description: 'left out: every method' }),
    hostnames: z.array(z.hostname()).optional(),
  }),
  auth: RouteAuth.optional().meta({ description: 'left out: defaults.auth' }),
  scopes: z.array(Scope).optional().meta({ description: 'the caller needs all of them' }),
  ownership: RouteOwnership.optional().meta({ description: 'whose records the route is about; all rules must hold' }),
  rateLimit: RouteLimits.optional(),
  concurrency: ConcurrencyLimits.optional().meta({ description: 'how many requests at once' }),
  loginProtection: LoginProtection.optional().meta({ description: 'left out: on where a route looks like a log-in' }),
  mode: Mode.optional().meta({ description: 'left out: defaults.mode' }),
  allowEncodedSlash: z
    .boolean()
    .optional()
    .meta({ description: 'lets %2F and %5C stand in paths, as in package names: @scope%2Fname' }),
  limits: z.strictObject({ body: ByteSize.optional() }).optional(),
  validate: ValidationConfig.optional(),
  attackFilter: RouteAttackFilter.optional().meta({ description: 'where it differs from service and whole' }),
  responseGuard: RouteResponseGuard.optional().meta({ description: 'where it differs from the whole' }),
});
