import { z } from 'zod';

export const AcmeChallengeType = z.enum(['http-01', 'tls-alpn-01', 'dns-01']);
export type AcmeChallengeType = z.infer<typeof AcmeChallengeType>;

/** How the gateway gets its certificate itself. The owner accepted the authority's terms, or the configuration was refused. */
export const SnapshotAcme = z.strictObject({
  email: z.string().nullable(),
  directory: z
    .string()
    .nullable()
    .meta({ description: 'null: Let’s Encrypt, after a rehearsal at its staging authority' }),
  challenges: z.array(AcmeChallengeType).meta({ description: 'in the order in which they are tried' }),
  dnsHook: z.string().nullable().meta({ description: 'name of a program in the folder "hooks" of the data folder' }),
});
export type SnapshotAcme = z.infer<typeof SnapshotAcme>;
