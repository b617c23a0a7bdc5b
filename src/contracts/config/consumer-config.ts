import { z } from 'zod';
import { Name, Scope } from './config-words.ts';

/** When something ends by itself. */
export const Expires = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .meta({ description: 'a date ends at its last moment, UTC' });

export const KeyConfig = z.strictObject({
  id: Name,
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'write sha256: and the 64 hex digits of the SHA-256 of the whole key'),
  expires: Expires.optional(),
  scopes: z.array(Scope).optional().meta({ description: 'left out: all scopes of the consumer' }),
});

/** A user name and password (HTTP Basic, RFC 7617). */
export const BasicConfig = z.strictObject({
  username: z
    .string()
    // RFC 7617 §2: no colon, no control characters.
    .regex(/^[^:\p{Cc}]{1,128}$/u, 'use 1 to 128 characters without ":"'),
  passwordHash: z
    .string()
    .max(512)
    .regex(
      /^\$argon2id\$v=19\$m=\d{1,6},t=\d{1,2},p=\d{1,2}\$[A-Za-z0-9+/]{11,128}\$[A-Za-z0-9+/]{43,128}$/,
      'write what "nightlatch hash-password" prints: $argon2id$v=19$…',
    ),
  expires: Expires.optional(),
});
export type BasicConfig = z.infer<typeof BasicConfig>;

/** What a client certificate must show to stand for the consumer; everything that is written has to hold. */
export const CertificateConfig = z.strictObject({
  subject: z
    .string()
    .max(1024)
    .regex(/^[A-Za-z0-9.]+=.+$/s, 'write the whole subject, such as CN=partner,O=Partner GmbH')
    .optional()
    .meta({ description: 'the whole subject, in any order', examples: ['CN=partner,O=Partner GmbH'] }),
  fingerprint256: z
    .string()
    .regex(/^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/, 'write the 64 hex digits of the SHA-256 of the certificate')
    .optional(),
  sanUri: z
    .string()
    .min(1)
    .max(2048)
    .optional()
    .meta({ examples: ['spiffe://shop.example/till'] }),
  sanDns: z.string().min(1).max(253).optional(),
});

export const ConsumerConfig = z.strictObject({
  name: Name,
  attributes: z.record(z.string().max(64), z.string().max(512)).optional(),
  scopes: z.array(Scope).optional(),
  keys: z.array(KeyConfig).max(100).optional(),
  basic: z.array(BasicConfig).max(100).optional().meta({ description: 'user names and passwords, for old clients' }),
  certificates: z
    .array(CertificateConfig)
    .max(100)
    .optional()
    .meta({ description: 'client certificates that stand for it; see server.clientCertificates' }),
});
export type ConsumerConfig = z.infer<typeof ConsumerConfig>;
