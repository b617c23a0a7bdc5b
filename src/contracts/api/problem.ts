import { z } from 'zod';

/** RFC 9457 problem body of the control plane's API and of the gateway. `code` is stable; `next` says what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  next: z.string().optional(),
  reference: z.string().optional(),
  faults: z
    .array(z.object({ place: z.string(), message: z.string() }))
    .optional()
    .meta({ description: 'each fault of the input with its place' }),
});
export type Problem = z.infer<typeof Problem>;
