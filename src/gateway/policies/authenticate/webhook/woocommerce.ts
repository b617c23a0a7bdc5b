import { judgeSignature, textKey, type Vendor } from './vendor.ts';

/**
 * WooCommerce: `X-WC-Webhook-Signature: BASE64`, an HMAC-SHA256 of the body. The ping that a shop sends when a webhook is saved has
 * no signature and is turned away. https://developer.woocommerce.com/docs/best-practices/urls-and-routing/webhooks/
 */
export const woocommerce: Vendor = {
  signature: 'x-wc-webhook-signature',
  fields: [],
  signsTime: false,
  keyOf: textKey,
  judge(delivery, { keys }) {
    const sent = [delivery.header('x-wc-webhook-signature') ?? ''];
    return judgeSignature({ algorithm: 'sha256', encoding: 'base64', parts: [delivery.body], sent }, keys);
  },
};
