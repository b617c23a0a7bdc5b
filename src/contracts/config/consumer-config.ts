import { z } from 'zod';
import { Name, Scope } from './config-words.ts';

export const KeyConfig = z.strictObject({
  id: Name,
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'write sha256: and the 64 hex digits of the SHA-256 of the whole key'),
  expires: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .meta({ description: 'a date ends at its last moment, UTC' }),
  scopes: z.array(Scope).optional().meta({ description: 'left out: all scopes of the consumer' }),
});

export const ConsumerConfig = z.strictObject({
  name: Name,
  attributes: z.record(z.string().max(64), z.string().max(512)).optional(),
  scopes: z.array(Scope).optional(),
  keys: z.array(KeyConfig).max(100).optional(),
});
