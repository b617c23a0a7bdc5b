import { z } from 'zod';
import { ATTACK_KINDS } from './attack-kinds.ts';

/**
 * A call that somebody said was honest though the attack filter took it for an attack: a file of the data folder's `test-cases/`.
 * The record holds no requests, so the request is made up of what was seen: each excerpt at its place.
 */
export const TestCase = z.strictObject({
  format: z.literal(1),
  /** The reference of the call. */
  reference: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/),
  kept: z.iso.datetime(),
  service: z.string(),
  route: z.string(),
  charges: z.array(z.strictObject({ kind: z.enum(ATTACK_KINDS), place: z.string() })),
  request: z.strictObject({
    method: z.string(),
    target: z.string(),
    headers: z.array(z.string()),
    body: z.string().nullable(),
  }),
});
export type TestCase = z.infer<typeof TestCase>;
