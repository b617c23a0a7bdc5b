import { type WebhookConfig, WebhookVendor } from '../contracts/config/webhook-config.ts';
import type { SnapshotWebhook } from '../contracts/snapshot/snapshot-webhook.ts';
import { durationToMs } from '../contracts/units.ts';
import { unique } from './unique.ts';

/** Vendors that sign the moment of sending. The others' deliveries are told apart by memory alone, so that reaches further. */
const SIGNS_TIME: ReadonlySet<WebhookVendor> = new Set(['stripe', 'standard']);
const TOLERANCE = { withTime: '5m', withoutTime: '1h' } as const;

/** The vendors' signed calls with every default filled in. Throws `RangeError` for a vendor that `checkWebhooks` would refuse. */
export function compileWebhooks(webhooks: Readonly<Record<string, WebhookConfig>> | undefined): SnapshotWebhook[] {
  return Object.entries(webhooks ?? {}).map(([name, webhook]) => {
    const vendor = vendorOf(name, webhook);
    if (vendor === null) throw new RangeError(`no vendor for the webhook ${name}`);
    const tolerance = webhook.tolerance ?? (SIGNS_TIME.has(vendor) ? TOLERANCE.withTime : TOLERANCE.withoutTime);
    return {
      name,
      vendor,
      secrets: webhook.secrets,
      toleranceMs: durationToMs(tolerance),
      scopes: unique(webhook.scopes ?? []),
      url: webhook.url ?? null,
    };
  });
}

/** What is said, or else what the entry's name says; null when neither names one. */
export function vendorOf(name: string, { vendor }: WebhookConfig): WebhookVendor | null {
  return vendor ?? WebhookVendor.safeParse(name).data ?? null;
}
