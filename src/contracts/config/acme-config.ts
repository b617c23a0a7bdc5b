import { z } from 'zod';

/** How the gateway gets its certificate itself, by ACME (RFC 8555), with `server.https: auto`. */
export const AcmeConfig = z.strictObject({
  email: z.email().optional().meta({ description: 'where the authority writes to' }),
  directory: z
    .url({ protocol: /^https$/ })
    .optional()
    .meta({ description: 'left out: Let’s Encrypt, after a rehearsal at its staging authority' }),
  termsAccepted: z.boolean().optional().meta({ description: 'true: you agree to the authority’s terms of service' }),
  challenges: z
    .array(z.enum(['http-01', 'tls-alpn-01', 'dns-01']))
    .min(1)
    .optional()
    .meta({ description: 'in the order in which they are tried; left out: what the addresses allow' }),
  dnsHook: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
    .optional()
    .meta({ description: 'for dns-01: name of a program in the folder "hooks" of the gateway’s data folder' }),
});
export type AcmeConfig = z.infer<typeof AcmeConfig>;
