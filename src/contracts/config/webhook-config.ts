import { z } from 'zod';
import { Duration } from '../units.ts';
import { Scope } from './config-words.ts';
import { SecretSource } from './secret-source.ts';

/** Signed calls of vendors: `webhooks` of `nightlatch.yaml`. A route lets them in with `auth: { any: ["webhook:NAME"] }`. */

export const WebhookVendor = z.enum(['stripe', 'shopify', 'github', 'woocommerce', 'mailchimp', 'standard']);
export type WebhookVendor = z.infer<typeof WebhookVendor>;

export const WebhookConfig = z.strictObject({
  vendor: WebhookVendor.optional().meta({ description: 'left out: what the entry is called' }),
  secrets: z
    .array(SecretSource)
    .min(1)
    .max(10)
    .meta({ description: 'any of them may have signed: put a new one beside the old one while it is replaced' }),
  tolerance: Duration.optional().meta({
    description:
      'how far the signed time may be from now (left out: 5m); where the vendor signs no time, for how long a delivery is remembered (left out: 1h)',
  }),
  scopes: z.array(Scope).max(100).optional().meta({ description: 'what its calls may do' }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional()
    .meta({ description: 'mailchimp alone, which signs it: the address as it is written at the vendor' }),
});
export type WebhookConfig = z.infer<typeof WebhookConfig>;
