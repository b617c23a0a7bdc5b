import { z } from 'zod';
import { Name } from './config-words.ts';

/**
 * Policies that may be wrong about an honest caller. Who calls and what a key may do is never excepted: for that there are keys
 * and permissions.
 */
export const EXCEPTABLE = [
  'validate',
  'ownership',
  'learnt-ownership',
  'rate-limit-address',
  'rate-limit-consumer',
  'rate-limit-request',
  'rate-limit-body',
  'login-by-address',
  'login-by-network',
  'login-by-account',
  'concurrency',
  'response-guard',
  'ownership-answer',
] as const;

/** One refusal that shall not happen again: narrow, and it ends by itself. */
export const ExceptionConfig = z.strictObject({
  id: Name.optional(),
  policy: z.enum(EXCEPTABLE),
  service: Name,
  route: z.string().max(4096).meta({ description: 'id of the route: "POST /orders"' }),
  code: z.string().max(64).optional().meta({ description: 'denial code; left out: every refusal of the policy' }),
  consumer: z.string().max(256).optional().meta({ description: 'left out: every caller' }),
  address: z.union([z.ipv4(), z.ipv6()]).optional(),
  places: z
    .array(z.string().max(256))
    .max(20)
    .optional()
    .meta({ description: 'only faults at these places: "body.note"; left out: anywhere' }),
  expires: z.iso.datetime({ offset: true }).meta({ description: 'it ends by itself, after 90 days at most' }),
  reason: z.string().max(500).optional(),
});
