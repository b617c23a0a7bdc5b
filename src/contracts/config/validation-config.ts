import { z } from 'zod';

/** What a request must look like: `services[].routes[].validate` of `nightlatch.yaml`. */

/** JSON Schema, draft 2020-12. Which keywords and patterns may be used is judged by `src/json-schema/`. */
const JsonSchemaConfig = z
  .record(z.string(), z.unknown())
  .meta({ description: 'JSON Schema 2020-12, with references only within itself' });

/** One field of the plain shape; compiled to JSON Schema by `src/configuration/form-schema.ts`. */
export const FormField = z.strictObject({
  type: z.enum(['text', 'email', 'phone', 'number', 'integer', 'date', 'yes-no', 'choice', 'url', 'id']),
  required: z.boolean().optional(),
  minLength: z.int().min(0).max(1_000_000).optional(),
  maxLength: z.int().min(1).max(1_000_000).optional(),
  characters: z
    .enum(['any', 'letters', 'letters-digits', 'no-markup'])
    .optional()
    .meta({ description: 'of a text; letters of every script, with spaces, apostrophes and hyphens' }),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  options: z.array(z.string().max(200)).min(1).max(500).optional().meta({ description: 'of a choice' }),
});
export type FormField = z.infer<typeof FormField>;

export const FormConfig = z.strictObject({
  fields: z.record(z.string().min(1).max(64), FormField),
  allowUnknown: z.boolean().optional().meta({ description: 'left out: fields not listed are refused' }),
});
export type FormConfig = z.infer<typeof FormConfig>;

export const ValidationConfig = z.strictObject({
  mode: z
    .enum(['off', 'monitor', 'enforce'])
    .optional()
    .meta({ description: 'left out: monitor; a route that only watches never refuses' }),
  path: JsonSchemaConfig.optional(),
  query: JsonSchemaConfig.optional(),
  headers: JsonSchemaConfig.optional().meta({ description: 'names in any capitals' }),
  cookies: JsonSchemaConfig.optional(),
  body: JsonSchemaConfig.optional(),
  form: FormConfig.optional().meta({ description: 'a plainer way to write "body"' }),
});
export type ValidationConfig = z.infer<typeof ValidationConfig>;
