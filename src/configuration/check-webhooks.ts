import { Name } from '../contracts/config/config-words.ts';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import { type WebhookConfig, WebhookVendor } from '../contracts/config/webhook-config.ts';
import { durationToMs } from '../contracts/units.ts';
import { vendorOf } from './compile-webhooks.ts';
import type { ConfigPath, Finding } from './config-fault.ts';

const MIN_TOLERANCE_MS = 1_000;
const MAX_TOLERANCE_MS = 86_400_000;
const VENDORS = WebhookVendor.options.join(', ');

/** Checks of the vendors' signed calls: a known vendor, its address where that is signed, and routes that name what is there. */
export function checkWebhooks(config: GatewayConfig): Finding[] {
  const webhooks = config.webhooks ?? {};
  return [
    ...Object.entries(webhooks).flatMap(([name, webhook]) => checkWebhook(name, webhook)),
    ...routesWithoutWebhook(config, webhooks),
  ];
}

function checkWebhook(name: string, webhook: WebhookConfig): Finding[] {
  const path = ['webhooks', name];
  if (!Name.safeParse(name).success) {
    const message = `"${name}" cannot be the name of a webhook.`;
    const hint = 'Use 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit.';
    return [{ path, atKey: true, code: 'wrong-form', message, hint }];
  }
  const vendor = vendorOf(name, webhook);
  if (vendor === null) {
    const message = `"${name}" is not the name of a vendor, so the webhook has to say who sends it.`;
    return [{ path, atKey: true, code: 'webhook-vendor', message, hint: `Write vendor: and one of ${VENDORS}.` }];
  }
  return [...checkTolerance([...path, 'tolerance'], webhook), ...checkUrl(path, vendor, webhook)];
}

function checkTolerance(path: ConfigPath, { tolerance }: WebhookConfig): Finding[] {
  if (tolerance === undefined) return [];
  const ms = durationToMs(tolerance);
  if (ms >= MIN_TOLERANCE_MS && ms <= MAX_TOLERANCE_MS) return [];
  const message = `A tolerance must be between 1s and 1d, not "${tolerance}".`;
  return [{ path, code: ms < MIN_TOLERANCE_MS ? 'too-small' : 'too-big', message }];
}

function checkUrl(path: ConfigPath, vendor: WebhookVendor, { url }: WebhookConfig): Finding[] {
  if (vendor === 'mailchimp' && url === undefined) {
    const message = 'Mailchimp signs the address that it calls, so the webhook needs it.';
    const hint = 'Write url: and the address exactly as it is entered at Mailchimp Transactional.';
    return [{ path, atKey: true, code: 'webhook-url', message, hint }];
  }
  if (vendor === 'mailchimp' || url === undefined) return [];
  const message = `An address is signed by mailchimp alone, and this webhook comes from ${vendor}.`;
  return [{ path: [...path, 'url'], atKey: true, code: 'webhook-url', message, hint: 'Remove it.' }];
}

function routesWithoutWebhook(config: GatewayConfig, webhooks: Readonly<Record<string, WebhookConfig>>): Finding[] {
  return config.services.flatMap((service, index) =>
    service.routes.flatMap((route, routeIndex) => {
      const any = typeof route.auth === 'object' && 'any' in route.auth ? route.auth.any : [];
      return any.flatMap((way, at): Finding[] => {
        const name = way.startsWith('webhook:') ? way.slice('webhook:'.length) : null;
        if (name === null || Object.hasOwn(webhooks, name)) return [];
        const path = ['services', index, 'routes', routeIndex, 'auth', 'any', at];
        const message = `This route lets in the webhook "${name}", and "webhooks" has no entry of that name.`;
        const hint = `Write under "webhooks": ${name}: { secrets: [{ env: NAME }] }.`;
        return [{ path, code: 'webhook-unknown', message, hint }];
      });
    }),
  );
}
