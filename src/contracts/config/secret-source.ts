import { z } from 'zod';

/**
 * Where the gateway finds a secret that another party gave to the owner. Configurations and snapshots name the place and never
 * hold the secret: they travel, and are kept on disk and in the database.
 */
export const SecretSource = z
  .union([
    z.strictObject({
      // Keys have small letters mostly: one that was written here by mistake is not taken for a name and shown about.
      env: z.string().regex(/^[A-Z_][A-Z0-9_]{0,127}$/, 'write the name of an environment variable, in capitals'),
    }),
    z.strictObject({ file: z.string().min(1).max(4096) }),
  ])
  .meta({ description: 'an environment variable of the gateway, or a file that it reads' });
export type SecretSource = z.infer<typeof SecretSource>;
