import { z } from 'zod';
import { Mode } from './config-words.ts';

/** An API description of a service: `services[].openapi` of `nightlatch.yaml`. */
export const OpenapiConfig = z.strictObject({
  file: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'OpenAPI 3.1, 3.0 or Swagger 2.0, in YAML or JSON, beside the configuration' }),
  inline: z.record(z.string(), z.unknown()).optional().meta({ description: 'the document itself, instead of "file"' }),
  mode: Mode.optional().meta({ description: 'left out: monitor; a route that only watches never refuses' }),
  routes: z.enum(['import', 'validate-only']).optional().meta({
    description:
      'import: each operation becomes a route, unless one is written for it; validate-only: the routes that are written are checked; left out: import',
  }),
  basePath: z
    .string()
    .max(512)
    .regex(/^\/[^?#\s\\{}*]*$/, 'a base path starts with "/" and has no "?", "#", "{", "*", spaces or backslashes')
    .optional()
    .meta({ description: 'left out: what the document says; "/" for none' }),
  unknownQuery: z
    .enum(['allow', 'refuse'])
    .optional()
    .meta({ description: 'query parameters that the document does not name; left out: allow' }),
});
export type OpenapiConfig = z.infer<typeof OpenapiConfig>;
