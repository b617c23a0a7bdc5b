import { z } from 'zod';

/** What values looked like, never the values: types, lengths, rounded ranges, forms that all of them had, names of members. */

const Count = z.int().min(0);

/** A form that every text so far had; each is no wider than the format of the same name in JSON Schema. */
export const TextForm = z.enum(['uuid', 'date-time', 'date', 'email', 'uri', 'integer', 'number', 'boolean']);
export type TextForm = z.infer<typeof TextForm>;

const TextShape = z.strictObject({
  seen: Count,
  min: Count.meta({ description: 'characters' }),
  max: Count,
  forms: z.array(TextForm),
  words: z
    .record(z.string().max(24), Count)
    .nullable()
    .meta({ description: 'how often each word came, as long as they are few and harmless; null: they are not' }),
});
export type TextShape = z.infer<typeof TextShape>;

const NumberShape = z.strictObject({
  seen: Count,
  integer: z.boolean(),
  min: z.number().nullable().meta({ description: 'rounded outwards; null: no bound' }),
  max: z.number().nullable(),
});
export type NumberShape = z.infer<typeof NumberShape>;

export type ListShape = {
  seen: number;
  max: number;
  /** Null where no list has had an entry yet, or what the entries are is not kept. */
  items: Shape | null;
};
export type ObjectShape = {
  seen: number;
  /** `record`: members by name; `map`: names are values, `values` stands for all; `open`: what is in it is not kept. */
  kind: 'record' | 'map' | 'open';
  members: Record<string, Shape>;
  values: Shape | null;
};
export type Shape = {
  seen: number;
  nulls: number;
  booleans: number;
  number: NumberShape | null;
  text: TextShape | null;
  list: ListShape | null;
  object: ObjectShape | null;
};

export const Shape: z.ZodType<Shape> = z.lazy(() =>
  z.strictObject({
    seen: Count,
    nulls: Count,
    booleans: Count,
    number: NumberShape.nullable(),
    text: TextShape.nullable(),
    list: z.strictObject({ seen: Count, max: Count, items: Shape.nullable() }).nullable(),
    object: z
      .strictObject({
        seen: Count,
        kind: z.enum(['record', 'map', 'open']),
        members: z.record(z.string().max(64), Shape),
        values: Shape.nullable(),
      })
      .nullable(),
  }),
);

/** A part of a message, with how deep its shape is kept: it shrinks where there would be too much. */
const Part = z.strictObject({ depth: z.int().min(0), shape: Shape });
export type Part = z.infer<typeof Part>;

const Contents = z.strictObject({
  seen: Count.meta({ description: 'messages, with a body or without' }),
  types: z
    .record(z.string().max(100), Part.nullable())
    .nullable()
    .meta({ description: 'by content type; null in it: not read; null for all: too many' }),
  bodies: Count,
});
export type Contents = z.infer<typeof Contents>;

/** What was seen of one method of one route. Only of calls that were let in and answered with 2xx. */
export const OperationShape = z.strictObject({
  service: z.string().max(200),
  route: z.string().max(5_000),
  method: z.string().max(20),
  path: z.string().max(4_096),
  open: z.boolean().meta({ description: 'everybody may call it, so everybody could teach it' }),
  seen: Count,
  from: z.int().meta({ description: 'Unix milliseconds' }),
  until: z.int(),
  params: Part,
  query: Part,
  request: Contents,
  answers: z.record(z.string().regex(/^2\d\d$/), Contents),
});
export type OperationShape = z.infer<typeof OperationShape>;
