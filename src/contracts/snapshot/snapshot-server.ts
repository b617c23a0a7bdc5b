import { z } from 'zod';
import { SnapshotAcme } from './snapshot-acme.ts';

export const SnapshotListen = z.strictObject({
  host: z.string(),
  port: z.int(),
  protocol: z
    .enum(['http', 'https', 'redirect'])
    .default('http')
    .meta({ description: 'redirect: plain HTTP that only sends callers on to https' }),
  outbound: z
    .strictObject({ vendor: z.string().nullable().meta({ description: 'the only one reached here; null: all' }) })
    .optional()
    .meta({ description: 'set: the vendors’ door; left out: the front door' }),
});
export type SnapshotListen = z.infer<typeof SnapshotListen>;

/** Where the certificate comes from. Paths, never the key itself: snapshots travel and are kept on disk. */
export const SnapshotHttps = z.union([
  z.enum(['off', 'self-signed', 'auto']),
  z.strictObject({ certFile: z.string(), keyFile: z.string() }),
]);
export type SnapshotHttps = z.infer<typeof SnapshotHttps>;

export const SnapshotServer = z.strictObject({
  listen: z.array(SnapshotListen),
  https: SnapshotHttps.default('off'),
  clientCertificates: z
    .strictObject({ caFile: z.string(), crlFile: z.string().nullable() })
    .nullable()
    .default(null)
    .meta({ description: 'null: callers are not asked for a certificate' }),
  acme: SnapshotAcme.nullable().default(null).meta({ description: 'never null with https: auto' }),
  http2: z
    .strictObject({ tls: z.boolean(), cleartext: z.boolean() })
    .default({ tls: true, cleartext: false })
    .meta({ description: 'by ALPN on https; cleartext: by prior knowledge on http' }),
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
    streams: z.int().default(100).meta({ description: 'open at once on one HTTP/2 connection' }),
  }),
  legacyRateLimitHeaders: z.boolean().default(false),
});
export type SnapshotServer = z.infer<typeof SnapshotServer>;
