import { z } from 'zod';

export const PersonalDataQuery = z.object({ days: z.coerce.number().int().min(1).max(1_000).default(30) });

/** What the answers of one route held, by kinds (`email`, `name` …): counts, never values. */
export const PersonalData = z.object({
  service: z.string(),
  route: z.string(),
  kinds: z.array(z.object({ kind: z.string(), answers: z.int(), values: z.int() })),
});
export type PersonalData = z.infer<typeof PersonalData>;
