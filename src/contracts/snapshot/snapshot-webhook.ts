import { z } from 'zod';
import { SecretSource } from '../config/secret-source.ts';
import { WebhookVendor } from '../config/webhook-config.ts';

/** A vendor's signed calls as the gateway needs them. It holds where the secrets are and never a secret. */
export const SnapshotWebhook = z.strictObject({
  name: z.string(),
  vendor: WebhookVendor,
  secrets: z.array(SecretSource),
  toleranceMs: z.int(),
  scopes: z.array(z.string()),
  url: z.string().nullable(),
});
export type SnapshotWebhook = z.infer<typeof SnapshotWebhook>;
