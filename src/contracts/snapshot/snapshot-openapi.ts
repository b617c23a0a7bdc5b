import { z } from 'zod';
import { Mode } from '../config/config-words.ts';

/** What an API description asks of requests, worked out. Schemas are named: they stand in their service's `schemas`. */

const Encoding = z.strictObject({
  name: z.string().meta({ description: 'header names in lower case' }),
  style: z.enum(['simple', 'label', 'form', 'spaceDelimited', 'pipeDelimited', 'tabDelimited', 'deepObject', 'json']),
  explode: z.boolean(),
});
export type SnapshotEncoding = z.infer<typeof Encoding>;

/** All parameters of one place, judged together as an object. Those of a path stand in the order of its template. */
export const SnapshotParameters = z.strictObject({ schema: z.string(), parameters: z.array(Encoding) });
export type SnapshotParameters = z.infer<typeof SnapshotParameters>;

export const SnapshotContent = z.strictObject({
  type: z.string().meta({ description: 'lower case; "image/*" stands for all of a kind' }),
  schema: z.string().nullable(),
  encodings: z.array(Encoding),
});
export type SnapshotContent = z.infer<typeof SnapshotContent>;

export const SnapshotOperation = z.strictObject({
  path: SnapshotParameters.nullable(),
  query: SnapshotParameters.nullable(),
  headers: SnapshotParameters.nullable(),
  cookies: SnapshotParameters.nullable(),
  body: z
    .strictObject({ required: z.boolean(), contents: z.array(SnapshotContent) })
    .nullable()
    .meta({ description: 'null: no body is expected' }),
  answers: z.array(
    z.strictObject({
      status: z.string().meta({ description: '200, 2XX or default' }),
      contents: z.array(SnapshotContent),
    }),
  ),
});
export type SnapshotOperation = z.infer<typeof SnapshotOperation>;

export const SnapshotOpenapi = z.strictObject({
  mode: Mode,
  operations: z.record(z.string(), SnapshotOperation).meta({ description: 'by method' }),
});
export type SnapshotOpenapi = z.infer<typeof SnapshotOpenapi>;
