import { z } from 'zod';
import { Mode } from '../config/gateway-config.ts';
import { SnapshotJwtIssuer } from './jwt-issuer.ts';

/**
 * What the gateway runs on: one immutable, compiled configuration. The control plane makes it and serves it with an ETag;
 * `gateway --config` compiles it from the file. Units are spelled out in the names: bytes, milliseconds, Unix milliseconds.
 */

export const SnapshotRateLimit = z.strictObject({
  name: z.string(),
  key: z.string().meta({ description: 'address | consumer | body.<path>' }),
  quota: z.int(),
  windowMs: z.int(),
});
export type SnapshotRateLimit = z.infer<typeof SnapshotRateLimit>;

const SnapshotSchema = z.record(z.string(), z.unknown()).nullable().meta({ description: 'JSON Schema 2020-12' });

/** What the parts of a request must look like; null where nothing is asked. */
export const SnapshotValidation = z.strictObject({
  mode: Mode,
  path: SnapshotSchema,
  query: SnapshotSchema,
  headers: SnapshotSchema.meta({ description: 'names in lower case' }),
  body: SnapshotSchema,
});
export type SnapshotValidation = z.infer<typeof SnapshotValidation>;

export const SnapshotRoute = z.strictObject({
  id: z
    .string()
    .meta({ description: '"<methods> <path template>", unique within its service: "GET /customers/{customerId}"' }),
  service: z.string(),
  path: z.string(),
  methods: z.array(z.string()).meta({ description: 'empty: all' }),
  hostnames: z.array(z.string()).meta({ description: 'empty: any; lower case' }),
  mode: Mode,
  auth: z.array(z.enum(['apiKey', 'jwt'])).meta({ description: 'any of these; empty: open to all' }),
  scopes: z.array(z.string()),
  rateLimits: z.array(SnapshotRateLimit),
  bodyLimitBytes: z.int(),
  ownership: z.strictObject({ param: z.string(), equals: z.string() }).nullable().default(null),
  validate: SnapshotValidation.nullable().default(null),
});
export type SnapshotRoute = z.infer<typeof SnapshotRoute>;

export const SnapshotService = z.strictObject({
  name: z.string(),
  upstream: z.string().meta({ description: 'origin and optional base path, without a trailing slash' }),
  preserveHost: z.boolean(),
  connectTimeoutMs: z.int(),
  responseTimeoutMs: z.int(),
});
export type SnapshotService = z.infer<typeof SnapshotService>;

export const SnapshotConsumer = z.strictObject({
  name: z.string(),
  attributes: z.record(z.string(), z.string()),
  scopes: z.array(z.string()),
});
export type SnapshotConsumer = z.infer<typeof SnapshotConsumer>;

export const SnapshotKey = z.strictObject({
  id: z.string(),
  consumer: z.string(),
  hash: z.string().meta({ description: 'hex SHA-256 of the whole key' }),
  expiresAt: z.int().nullable(),
  revoked: z
    .boolean()
    .meta({ description: 'kept for a while so that the record can say "revoked" instead of "unknown"' }),
  scopes: z.array(z.string()).nullable().meta({ description: 'null: all scopes of the consumer' }),
});
export type SnapshotKey = z.infer<typeof SnapshotKey>;

/** The emergency lock: named routes (their ids) or everything answers with a plain maintenance message. */
export const SnapshotLock = z.strictObject({
  since: z.int(),
  message: z.string(),
  routes: z.union([z.literal('all'), z.array(z.string())]),
  allowConsumers: z.array(z.string()),
});
export type SnapshotLock = z.infer<typeof SnapshotLock>;

export const SnapshotListen = z.strictObject({
  host: z.string(),
  port: z.int(),
  protocol: z
    .enum(['http', 'https', 'redirect'])
    .default('http')
    .meta({ description: 'redirect: plain HTTP that only sends callers on to https' }),
});
export type SnapshotListen = z.infer<typeof SnapshotListen>;

/** Where the certificate comes from. Paths, never the key itself: snapshots travel and are kept on disk. */
export const SnapshotHttps = z.union([
  z.enum(['off', 'self-signed']),
  z.strictObject({ certFile: z.string(), keyFile: z.string() }),
]);
export type SnapshotHttps = z.infer<typeof SnapshotHttps>;

export const SnapshotServer = z.strictObject({
  listen: z.array(SnapshotListen),
  https: SnapshotHttps.default('off'),
  hstsSeconds: z.int().nullable().default(null).meta({ description: 'null: no Strict-Transport-Security' }),
  hostnames: z.array(z.string()),
  trustedProxies: z.array(z.string()),
  identityHeaders: z.strictObject({ consumer: z.string(), scopes: z.string(), route: z.string() }),
  limits: z.strictObject({
    bodyBytes: z.int(),
    headersBytes: z.int(),
    headerTimeoutMs: z.int(),
    idleTimeoutMs: z.int(),
    connectionsPerAddress: z.int(),
  }),
});
export type SnapshotServer = z.infer<typeof SnapshotServer>;

export const GatewaySnapshot = z.strictObject({
  format: z.literal(1),
  revision: z.int().min(0),
  server: SnapshotServer,
  services: z.array(SnapshotService),
  routes: z.array(SnapshotRoute),
  consumers: z.array(SnapshotConsumer),
  keys: z.array(SnapshotKey),
  lock: SnapshotLock.nullable(),
  blocklist: z
    .strictObject({ deny: z.array(z.string()), allow: z.array(z.string()) })
    .nullable()
    .default(null),
  jwtIssuers: z.array(SnapshotJwtIssuer).default([]),
});
export type GatewaySnapshot = z.infer<typeof GatewaySnapshot>;
