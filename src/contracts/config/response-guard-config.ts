import { z } from 'zod';
import { ByteSize } from '../units.ts';
import { Mode } from './config-words.ts';

const guarded = {
  mode: Mode.optional().meta({ description: 'left out: monitor' }),
  cards: z.enum(['mask', 'block', 'allow']).optional().meta({
    description: 'card numbers in answers; mask: all but the last four digits are covered; left out: mask',
  }),
  secrets: z.enum(['block', 'mask', 'allow']).optional().meta({
    description: 'keys, tokens and password hashes that can be told by their shape; left out: block',
  }),
  errors: z.enum(['block', 'allow']).optional().meta({
    description:
      'stack traces and database messages of a failed application, lists of the files in a folder; left out: block',
  }),
  personalData: z.enum(['count', 'off']).optional().meta({
    description: 'whether the record says how many personal values of which kind an answer held; left out: count',
  }),
};

/** What holds for the answers of one route, where it differs. */
export const RouteResponseGuard = z.strictObject(guarded);

/** What leaves with the answers of the business's own APIs. */
export const ResponseGuardConfig = z.strictObject({
  ...guarded,
  stripHeaders: z
    .array(z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, 'write names of header fields'))
    .max(100)
    .optional()
    .meta({ description: 'fields that never leave; left out: those that name the software' }),
  securityHeaders: z.boolean().optional().meta({
    description: 'adds the fields that keep browsers careful, where the application sent none; left out: true',
  }),
  budget: ByteSize.optional().meta({
    description: 'up to here an answer is looked at as a whole; what is longer goes on and is looked at in pieces',
  }),
});
