import { z } from 'zod';
import { Duration } from '../units.ts';
import { Mode } from './config-words.ts';

/** What the gateway does by itself against guessing: `loginProtection` and `bans` of `nightlatch.yaml`. */

const PerMinute = z.int().min(1).max(10_000).optional();

export const LoginProtection = z.union([
  z.literal('off'),
  z.strictObject({
    perAddress: PerMinute.meta({ description: 'attempts per minute from one address; left out: 5' }),
    perAccount: PerMinute.meta({ description: 'attempts per minute for one account, wherever from; left out: 5' }),
    perNetwork: PerMinute.meta({
      description:
        'attempts per minute from all addresses of one network (IPv4 /24, IPv6 /48); left out: twelve times perAddress',
    }),
    fields: z
      .array(z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'the name of a field, such as email'))
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'which fields of the body name the account' }),
  }),
]);
export type LoginProtection = z.infer<typeof LoginProtection>;

export const BansConfig = z.strictObject({
  mode: Mode.optional().meta({ description: 'left out: monitor' }),
  attempts: z.int().min(3).max(10_000).optional().meta({
    description: 'wrong keys, tokens, passwords, attacks and ambiguous requests that are let by; left out: 20',
  }),
  window: Duration.optional().meta({ description: 'within which they are counted; left out: 10m' }),
  unknownPaths: z.int().min(10).max(100_000).optional().meta({
    description: 'different paths that do not exist, asked for within the window, that are let by; left out: 60',
  }),
});
