import { z } from 'zod';
import { Mode } from '../config/config-words.ts';

/** How the answers of one route are guarded, with every default filled in. */
export const SnapshotResponseGuard = z.strictObject({
  mode: Mode,
  cards: z.enum(['mask', 'block', 'allow']),
  secrets: z.enum(['block', 'mask', 'allow']),
  errors: z.enum(['block', 'allow']),
  personalData: z.enum(['count', 'off']),
});
export type SnapshotResponseGuard = z.infer<typeof SnapshotResponseGuard>;

/** What holds for the answers of all routes. */
export const SnapshotAnswers = z.strictObject({
  stripHeaders: z.array(z.string()).meta({ description: 'lower case' }),
  noSniff: z
    .boolean()
    .default(true)
    .meta({ description: 'X-Content-Type-Options: nosniff where the application sent none' }),
  securityHeaders: z.boolean().meta({ description: 'the other fields that keep browsers and caches careful' }),
  budgetBytes: z.int(),
});
export type SnapshotAnswers = z.infer<typeof SnapshotAnswers>;
