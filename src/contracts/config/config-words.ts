import { z } from 'zod';

/** Words that occur all over the configuration. */

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

export const PathTemplate = z
  .string()
  .max(2048)
  .regex(/^\/[^?#\s\\]*$/, 'a path starts with "/" and has no "?", "#", spaces or backslashes')
  .meta({
    description: '{name} is one segment; a last "/*" is the rest',
    examples: ['/customers/{customerId}', '/shop/*'],
  });

export const Cidr = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
