import { z } from 'zod';
import { ByteSize, Duration } from '../units.ts';
import { JwtConfig } from './jwt-config.ts';
import { ValidationConfig } from './validation-config.ts';

/**
 * The versioned configuration of the gateway: the shape of `nightlatch.yaml`, of the console's export and of the control
 * plane's import. Every object is strict: an unknown key is an error. `src/configuration/` reads it and explains faults.
 */

export const Mode = z.enum(['off', 'monitor', 'enforce']).meta({
  description: 'off: not looked at; monitor: recorded, never refused; enforce: refused',
});
export type Mode = z.infer<typeof Mode>;

/** Names of services, consumers and keys: they appear in logs, URLs and the console. */
export const Name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'use 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit',
  );

/** One permission, as OAuth 2.0 (RFC 6749 §3.3) allows it: `customers:read`. */
export const Scope = z
  .string()
  .max(128)
  .regex(
    /^[\x21\x23-\x5B\x5D-\x7E]+$/,
    'a scope is one word without spaces, quotes or backslashes, such as orders:read',
  );

export const HttpMethod = z
  .string()
  .regex(/^[A-Z][A-Z-]{0,31}$/, 'write HTTP methods in capitals: GET, POST …')
  .refine((m) => m !== 'CONNECT' && m !== 'TRACE', 'CONNECT and TRACE never pass the gateway');

const PathTemplate = z
  .string()
  .max(2048)
  .regex(/^\/[^?#\s\\]*$/, 'a path starts with "/" and has no "?", "#", spaces or backslashes')
  .meta({
    description: '{name} is one segment; a last "/*" is the rest',
    examples: ['/customers/{customerId}', '/shop/*'],
  });

const Cidr = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

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
  limits: z.strictObject({ body: ByteSize.optional() }).optional(),
  validate: ValidationConfig.optional(),
});

export const ServiceConfig = z.strictObject({
  name: Name,
  upstream: z.url({ protocol: /^https?$/ }),
  preserveHost: z
    .boolean()
    .optional()
    .meta({ description: 'send the caller’s Host upstream instead of the upstream’s own' }),
  timeouts: z.strictObject({ connect: Duration.optional(), response: Duration.optional() }).optional(),
  routes: z.array(RouteConfig).max(20_000),
});

export const KeyConfig = z.strictObject({
  id: Name,
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'write sha256: and the 64 hex digits of the SHA-256 of the whole key'),
  expires: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .meta({ description: 'a date ends at its last moment, UTC' }),
  scopes: z.array(Scope).optional().meta({ description: 'left out: all scopes of the consumer' }),
});

export const ConsumerConfig = z.strictObject({
  name: Name,
  attributes: z.record(z.string().max(64), z.string().max(512)).optional(),
  scopes: z.array(Scope).optional(),
  keys: z.array(KeyConfig).max(100).optional(),
});

export const ServerConfig = z.strictObject({
  listen: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({
      description: 'with https on, port 80 and http://HOST:PORT only send callers on to https',
      examples: [['127.0.0.1:8080'], [':80', ':443']],
    }),
  hostnames: z.array(z.hostname()).optional().meta({ description: 'empty: any' }),
  https: z
    .union([
      z.literal('off'),
      z.literal('self-signed'),
      z.strictObject({ cert: z.string().min(1), key: z.string().min(1) }),
    ])
    .optional()
    .meta({ description: 'cert and key: PEM files, relative to this file; self-signed: for a first look' }),
  hsts: z
    .union([z.literal('off'), Duration])
    .optional()
    .meta({
      description: 'how long browsers insist on https; left out: 365d with certificate files',
    }),
  trustedProxies: z.array(Cidr).optional().meta({ description: 'X-Forwarded-* is believed from these alone' }),
  identityHeaders: z
    .strictObject({ consumer: z.string().optional(), scopes: z.string().optional(), route: z.string().optional() })
    .optional(),
  limits: z
    .strictObject({
      body: ByteSize.optional(),
      headers: ByteSize.optional(),
      headerTimeout: Duration.optional(),
      idle: Duration.optional(),
      connectionsPerAddress: z.int().min(1).optional(),
    })
    .optional(),
});

export const BlockList = z.strictObject({
  deny: z.array(Cidr).max(10_000).optional(),
  allow: z.array(Cidr).max(10_000).optional().meta({ description: 'looked at first, always: never blocked' }),
});

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
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
