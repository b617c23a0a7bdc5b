import { z } from 'zod';
import { ByteSize, Duration } from '../units.ts';
import { Name, Scope } from './config-words.ts';
import { SecretSource } from './secret-source.ts';

/**
 * The vendors' door: calls that the business's own programs make to a vendor (Stripe, a courier, a mail service). The program
 * shows a key of its own; the vendor's key is put in by the gateway, which alone has it.
 */

const HeaderName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'a header name has letters, digits and "-" only')
  .meta({ examples: ['X-Api-Token'] });

/** How the vendor wants to see its key. */
export const SecretInjection = z.union([
  z.enum(['bearer', 'basic']),
  z.strictObject({
    header: HeaderName,
    prefix: z
      .string()
      .max(64)
      .regex(/^[\x20-\x7e]*$/, 'a prefix is plain text on one line')
      .optional(),
  }),
  z.strictObject({ query: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'use letters, digits, "_", "." and "-"') }),
]);
export type SecretInjection = z.infer<typeof SecretInjection>;

const AllowPattern = z
  .string()
  .max(2048)
  .regex(
    /^[A-Z]+(,[A-Z]+)* \/[^?#\s\\]*$/,
    'write a method in capitals and a path, such as "GET /v1/*" or "GET,POST /v1/customers"',
  )
  .meta({ examples: ['POST /v1/payment_intents', 'GET /v1/*'] });

const FieldName = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,4}$/, 'name a field of the body, or a path to one with dots');

const Amount = z.number().positive().max(1e15);

export const SpendLimit = z.strictObject({
  on: z.array(AllowPattern).min(1).max(50).meta({ description: 'which calls spend; each as it stands in "allow"' }),
  amount: FieldName.optional().meta({ description: 'field with the amount; left out: amount' }),
  currency: FieldName.optional().meta({ description: 'field with the currency; left out: currency' }),
  most: z
    .union([Amount, z.record(z.string().regex(/^[A-Za-z]{3}$/, 'a currency has three letters, such as eur'), Amount)])
    .meta({ description: 'per UTC day, in the unit of the field; by currency, or one number where there is none' }),
});

export const OutboundConfig = z.strictObject({
  name: Name,
  host: z
    .string()
    .max(260)
    .regex(
      /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/,
      'write the bare host name, with a port if need be, and no scheme or path: api.stripe.com',
    ),
  secret: SecretSource,
  inject: SecretInjection.optional().meta({ description: 'left out: bearer' }),
  allow: z.array(AllowPattern).min(1).max(500).meta({ description: 'what may be called; everything else is refused' }),
  consumers: z.array(Name).min(1).max(1_000).optional().meta({ description: 'who may call' }),
  scopes: z.array(Scope).min(1).max(20).optional().meta({ description: 'the caller needs all of them' }),
  limits: z
    .strictObject({
      perDay: z.int().min(1).max(1_000_000_000).optional().meta({ description: 'calls per UTC day' }),
      spendPerDay: SpendLimit.optional(),
      body: ByteSize.optional(),
    })
    .optional(),
  timeouts: z.strictObject({ connect: Duration.optional(), response: Duration.optional() }).optional(),
  listen: z
    .string()
    .optional()
    .meta({
      description: 'an address of its own, for programs that can be told host and port but no path',
      examples: ['127.0.0.1:8082'],
    }),
  hostnames: z
    .array(z.hostname())
    .max(20)
    .optional()
    .meta({ description: 'names in the Host header by which it is chosen, beside its own' }),
  ca: z.string().min(1).optional().meta({ description: 'PEM file: only certificates of this authority are believed' }),
  allowPrivate: z
    .boolean()
    .optional()
    .meta({ description: 'the host may be in a private network or on this machine; left out: false' }),
  insecure: z.boolean().optional().meta({ description: 'plain http to the vendor; for tests alone' }),
});
export type OutboundConfig = z.infer<typeof OutboundConfig>;
