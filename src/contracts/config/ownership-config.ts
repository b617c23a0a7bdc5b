import { z } from 'zod';
import { Duration } from '../units.ts';
import { Mode } from './config-words.ts';

/** Who owns which record: rules that compare, and what is learnt by watching. */

const Equals = z
  .string()
  .max(300)
  .regex(
    /^(consumer\.(name|attributes\.[^.\s]{1,64})|token\.[^\s]{1,256})$/,
    'write consumer.name, consumer.attributes.NAME or token.CLAIM',
  )
  .meta({ examples: ['consumer.attributes.customerId', 'token.sub'] });

const fieldPath = /^[^.\s]{1,64}(\.[^.\s]{1,64}){0,4}$/;

const OwnAnswer = z.strictObject({
  items: z
    .string()
    .max(330)
    .regex(/^$|^[^.\s]{1,64}(\.[^.\s]{1,64}){0,4}$/, 'write the path of the list, such as orders or data.items')
    .optional()
    .meta({ description: 'where the list stands; "": the answer itself is the list; left out: there is no list' }),
  field: z
    .string()
    .max(330)
    .regex(fieldPath, 'write the path of a field, such as customerId or customer.id')
    .meta({ description: 'whose it is: a field of each item, or of the answer where there is no list' }),
  equals: Equals,
  action: z
    .enum(['filter', 'refuse'])
    .optional()
    .meta({ description: "filter: others' items are cut out; refuse: 403; left out: filter" }),
});

export const LearnSettings = z.strictObject({
  mode: Mode.optional().meta({ description: 'left out: monitor' }),
  subject: z
    .string()
    .regex(/^(token\.[^\s]{1,256}|header\.[A-Za-z0-9-]{1,64})$/, 'write token.CLAIM or header.NAME')
    .optional()
    .meta({ description: 'who owns things; left out: the "sub" of a token, otherwise the consumer' }),
  frontEnds: z.array(z.string().max(256)).max(100).optional().meta({
    description: 'consumers that call for many people: what the header of "subject" says counts, or nobody is judged',
  }),
  exempt: z
    .array(z.string().max(256))
    .max(1_000)
    .optional()
    .meta({ description: "consumers that may read everybody's: a name, or attributes.NAME=VALUE" }),
  period: Duration.optional().meta({ description: 'how long it only learns, at first; left out: 3d' }),
});
export type LearnSettings = z.infer<typeof LearnSettings>;

/** One of three kinds, which `src/configuration/check-ownership.ts` tells apart: `param` with `equals`, `answer`, `learn`. */
export const OwnershipRule = z.strictObject({
  param: z
    .string()
    .max(256)
    .regex(
      /^([A-Za-z_][A-Za-z0-9_]*|query\.[^.\s]+|header\.[A-Za-z0-9-]+|body\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,4})$/,
      'name a path parameter, or write query.NAME, header.NAME or body.FIELD',
    )
    .optional()
    .meta({ examples: ['customerId', 'query.customer', 'body.order.customerId'] }),
  equals: Equals.optional(),
  answer: OwnAnswer.optional(),
  learn: LearnSettings.optional(),
});
export type OwnershipRule = z.infer<typeof OwnershipRule>;

export const RouteOwnership = z.union([z.enum(['learn', 'off']), OwnershipRule, z.array(OwnershipRule).min(1).max(8)]);

export const ServiceOwnership = z.union([z.enum(['learn', 'off']), z.strictObject({ learn: LearnSettings })]);
