import { z } from 'zod';
import { ByteSize } from '../units.ts';

/** Whether API descriptions are drafted from what is seen: `drafts` of `nightlatch.yaml`. Shapes are learnt, never values. */
export const DraftsConfig = z.strictObject({
  mode: z.enum(['on', 'off']).optional().meta({
    description: 'left out: on under a control plane, off for a gateway that runs alone',
  }),
  sample: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'so many calls of each route are looked at in a second; left out: 2' }),
  size: ByteSize.optional().meta({ description: 'longer bodies are not looked at; left out: 64KiB' }),
});
