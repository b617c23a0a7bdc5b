import { z } from 'zod';
import { ByteSize } from '../units.ts';
import { LoginProtection } from './attack-response-config.ts';
import { AuthWay, RouteWay } from './auth-way.ts';
import { HttpMethod, Mode, PathTemplate, Scope } from './config-words.ts';
import { ConcurrencyLimits, RouteLimits } from './rate-limit-config.ts';
import { RouteResponseGuard } from './response-guard-config.ts';
import { ValidationConfig } from './validation-config.ts';

export const RouteAuth = z.union([
  z.literal('none'),
  z.literal('required'),
  z.strictObject({ any: z.array(RouteWay).min(1) }),
  z.strictObject({ all: z.array(AuthWay).min(1) }),
]);

export const Ownership = z.strictObject({
  param: z
    .string()
    .max(256)
    .regex(
      /^([A-Za-z_][A-Za-z0-9_]*|query\.[^.\s]+|header\.[A-Za-z0-9-]+|body\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,4})$/,
      'name a path parameter, or write query.NAME, header.NAME or body.FIELD',
    )
    .meta({ examples: ['customerId', 'query.customer', 'body.order.customerId'] }),
  equals: z
    .string()
    .regex(/^consumer\.(name|attributes\.[^.\s]{1,64})$/, 'write consumer.name or consumer.attributes.NAME')
    .meta({ examples: ['consumer.attributes.customerId'] }),
});

export const RouteConfig = z.strictObject({
  match: z.strictObject({
    path: PathTemplate,
    methods: z.array(HttpMethod).optional().meta({ description: 'left out: every method' }),
    hostnames: z.array(z.hostname()).optional(),
  }),
  auth: RouteAuth.optional().meta({ description: 'left out: defaults.auth' }),
  scopes: z.array(Scope).optional().meta({ description: 'the caller needs all of them' }),
  ownership: Ownership.optional().meta({ description: 'a parameter that must equal what the caller is known by' }),
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
  responseGuard: RouteResponseGuard.optional().meta({ description: 'where it differs from the whole' }),
});
