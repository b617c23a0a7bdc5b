import { z } from 'zod';
import { Mode } from '../config/config-words.ts';

export const SnapshotRateLimit = z.strictObject({
  name: z.string(),
  key: z
    .string()
    .meta({ description: 'address | consumer | route | body.<path> | query.<name> | header.<name>, joined by "+"' }),
  quota: z.int(),
  windowMs: z.int(),
  per: z.enum(['window', 'day']).default('window').meta({ description: 'day: by calendar days in UTC' }),
  cost: z.int().default(1),
  shared: z.boolean().default(false).meta({ description: 'counted together with other routes, under its name' }),
});
export type SnapshotRateLimit = z.infer<typeof SnapshotRateLimit>;

export const SnapshotConcurrency = z.strictObject({ key: z.enum(['address', 'consumer', 'route']), max: z.int() });

/** Attempts per minute; null: not limited in this way. */
export const SnapshotLoginProtection = z.strictObject({
  perAddress: z.int().nullable(),
  perAccount: z.int().nullable(),
  perNetwork: z.int().nullable().default(null),
  fields: z.array(z.string()),
  byPath: z
    .boolean()
    .meta({ description: 'only for requests whose path looks like a log-in: the route takes many paths' }),
});
export type SnapshotLoginProtection = z.infer<typeof SnapshotLoginProtection>;

export const SnapshotBans = z.strictObject({
  mode: Mode,
  attempts: z.int(),
  windowMs: z.int(),
  unknownPaths: z.int().default(60),
});
export type SnapshotBans = z.infer<typeof SnapshotBans>;
