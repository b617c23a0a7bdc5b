import { z } from 'zod';
import { SecretInjection } from '../config/outbound-config.ts';
import { SecretSource } from '../config/secret-source.ts';

/** What a caller may call at a vendor; `id` names it in the record and in the lock: "stripe GET /v1/*". */
export const SnapshotVendorRoute = z.strictObject({
  id: z.string(),
  path: z.string(),
  methods: z.array(z.string()),
  spends: z.boolean().meta({ description: 'its amount counts against `spend`' }),
});
export type SnapshotVendorRoute = z.infer<typeof SnapshotVendorRoute>;

export const SnapshotSpend = z.strictObject({
  amount: z.string(),
  currency: z.string().nullable(),
  most: z
    .record(z.string(), z.number())
    .meta({ description: 'by currency in lower case; under "" where there is no currency field' }),
});
export type SnapshotSpend = z.infer<typeof SnapshotSpend>;

/** A vendor as the gateway needs it. Where its key is read from, never the key: snapshots travel and are kept on disk. */
export const SnapshotVendor = z.strictObject({
  name: z.string(),
  origin: z.string(),
  secret: SecretSource,
  inject: SecretInjection,
  routes: z.array(SnapshotVendorRoute),
  consumers: z.array(z.string()).nullable().meta({ description: 'null: whoever has the scopes' }),
  scopes: z.array(z.string()),
  perDay: z.int().nullable(),
  spend: SnapshotSpend.nullable(),
  bodyLimitBytes: z.int(),
  connectTimeoutMs: z.int(),
  responseTimeoutMs: z.int(),
  hostnames: z.array(z.string()),
  caFile: z.string().nullable(),
  allowPrivate: z.boolean(),
});
export type SnapshotVendor = z.infer<typeof SnapshotVendor>;
