import type { WebhookVendor } from '../../../../contracts/config/webhook-config.ts';
import { github } from './github.ts';
import { mailchimp } from './mailchimp.ts';
import { shopify } from './shopify.ts';
import { standard } from './standard.ts';
import { stripe } from './stripe.ts';
import type { Vendor } from './vendor.ts';
import { woocommerce } from './woocommerce.ts';

/** THE vendors whose signatures the gateway can check. */
export const VENDORS: Readonly<Record<WebhookVendor, Vendor>> = {
  stripe,
  shopify,
  github,
  woocommerce,
  mailchimp,
  standard,
};
