import { z } from 'zod';
import { ByteSize, Duration } from '../units.ts';
import { AcmeConfig } from './acme-config.ts';
import { Cidr } from './config-words.ts';

export const ServerConfig = z.strictObject({
  listen: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({
      description: 'with https on, port 80 and http://HOST:PORT only send callers on to https',
      examples: [['127.0.0.1:8080'], [':80', ':443']],
    }),
  outboundListen: z
    .array(z.string())
    .min(1)
    .optional()
    .meta({
      description: 'where own programs reach vendors, /<name>/… each; left out: 127.0.0.1:8081',
      examples: [['127.0.0.1:8081']],
    }),
  hostnames: z.array(z.hostname()).optional().meta({ description: 'empty: any' }),
  https: z
    .union([
      z.literal('off'),
      z.literal('self-signed'),
      z.literal('auto'),
      z.strictObject({ cert: z.string().min(1), key: z.string().min(1) }),
    ])
    .optional()
    .meta({
      description: 'cert and key: PEM files, relative to this file; self-signed: for a first look; auto: see acme',
    }),
  clientCertificates: z
    .strictObject({ ca: z.string().min(1), crl: z.string().min(1).optional() })
    .optional()
    .meta({
      description: 'PEM files, relative to this file: whose client certificates are looked at, and which are revoked',
    }),
  acme: AcmeConfig.optional(),
  http2: z
    .union([z.boolean(), z.strictObject({ cleartext: z.boolean() })])
    .optional()
    .meta({ description: 'left out: on addresses with https; cleartext: without TLS too, for callers that know' }),
  hsts: z
    .union([z.literal('off'), Duration])
    .optional()
    .meta({
      description: 'how long browsers insist on https; left out: 365d unless the certificate is self-signed',
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
      streams: z.int().min(1).max(1000).optional(),
    })
    .optional(),
  legacyRateLimitHeaders: z
    .boolean()
    .optional()
    .meta({ description: 'X-RateLimit-Limit, -Remaining and -Reset (seconds) beside the standard fields' }),
});

export const BlockList = z.strictObject({
  deny: z.array(Cidr).max(10_000).optional(),
  allow: z.array(Cidr).max(10_000).optional().meta({ description: 'looked at first, always: never blocked' }),
});
