import { z } from 'zod';
import { ByteSize, Duration } from '../units.ts';
import { HttpMethod, Mode, Name, PathTemplate, Scope } from './config-words.ts';
import { RouteOwnership } from './ownership-config.ts';
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
  z.strictObject({ any: z.array(z.enum(['apiKey', 'jwt'])).min(1) }),
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
  rateLimit: z.array(RateLimit).max(8).optional(),
  mode: Mode.optional().meta({ description: 'left out: defaults.mode' }),
  limits: z.strictObject({ body: ByteSize.optional() }).optional(),
  validate: ValidationConfig.optional(),
  responseGuard: RouteResponseGuard.optional().meta({ description: 'where it differs from the whole' }),
});
