import { z } from 'zod';
import { ByteSize, Duration } from '../units.ts';
import { AuthWay, RouteWay } from './auth-way.ts';
import { HttpMethod, Mode, Name, PathTemplate, Scope } from './config-words.ts';
import { RouteResponseGuard } from './response-guard-config.ts';
import { ValidationConfig } from './validation-config.ts';

const RateLimitKey = z
  .string()
  .regex(
    /^(address|consumer|body\.[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,4})$/,
    'address, consumer, or body.<field>',
  );

export const RateLimit = z.strictObject({
  name: Name.optional().meta({ description: 'shown in the RateLimit header fields' }),
  key: RateLimitKey,
  quota: z.int().min(1).max(1_000_000),
  window: Duration,
});

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
  rateLimit: z.array(RateLimit).max(8).optional(),
  mode: Mode.optional().meta({ description: 'left out: defaults.mode' }),
  allowEncodedSlash: z
    .boolean()
    .optional()
    .meta({ description: 'lets %2F and %5C stand in paths, as in package names: @scope%2Fname' }),
  limits: z.strictObject({ body: ByteSize.optional() }).optional(),
  validate: ValidationConfig.optional(),
  responseGuard: RouteResponseGuard.optional().meta({ description: 'where it differs from the whole' }),
});
