import { z } from 'zod';
import { RouteWay } from '../config/auth-way.ts';
import { Mode } from '../config/config-words.ts';
import { SnapshotAttackFilter } from './snapshot-attack-filter.ts';
import { SnapshotConcurrency, SnapshotLoginProtection, SnapshotRateLimit } from './snapshot-limits.ts';
import { SnapshotOpenapi } from './snapshot-openapi.ts';
import { SnapshotLearning, SnapshotOwnAnswer, SnapshotOwnership } from './snapshot-ownership.ts';
import { SnapshotResponseGuard } from './snapshot-response-guard.ts';

const SnapshotSchema = z.record(z.string(), z.unknown()).nullable().meta({ description: 'JSON Schema 2020-12' });

/** What the parts of a request must look like; null where nothing is asked. */
export const SnapshotValidation = z.strictObject({
  mode: Mode,
  path: SnapshotSchema,
  query: SnapshotSchema,
  headers: SnapshotSchema.meta({ description: 'names in lower case' }),
  cookies: SnapshotSchema.default(null),
  body: SnapshotSchema,
});
export type SnapshotValidation = z.infer<typeof SnapshotValidation>;

export const SnapshotRoute = z.strictObject({
  id: z
    .string()
    .meta({ description: '"<methods> <path template>", unique within its service: "GET /customers/{customerId}"' }),
  service: z.string(),
  path: z.string(),
  methods: z.array(z.string()).meta({ description: 'empty: all' }),
  hostnames: z.array(z.string()).meta({ description: 'empty: any; lower case' }),
  mode: Mode,
  auth: z.array(RouteWay).meta({ description: 'the ways to say who calls; empty: open to all' }),
  authAll: z.boolean().default(false).meta({ description: 'all of the ways are needed, instead of any' }),
  scopes: z.array(z.string()),
  rateLimits: z.array(SnapshotRateLimit),
  bodyLimitBytes: z.int(),
  allowEncodedSlash: z.boolean().default(false),
  ownership: z
    .union([z.array(SnapshotOwnership), SnapshotOwnership])
    .nullable()
    .default(null)
    .meta({ description: 'all must hold; a single one as earlier versions wrote it' }),
  ownAnswers: z.array(SnapshotOwnAnswer).default([]),
  learning: SnapshotLearning.nullable().default(null),
  validate: SnapshotValidation.nullable().default(null),
  attackFilter: SnapshotAttackFilter.nullable().default(null),
  responseGuard: SnapshotResponseGuard.nullable().default(null),
  concurrency: z.array(SnapshotConcurrency).default([]),
  loginProtection: SnapshotLoginProtection.nullable().default(null),
  openapi: SnapshotOpenapi.nullable().default(null),
});
export type SnapshotRoute = z.infer<typeof SnapshotRoute>;
