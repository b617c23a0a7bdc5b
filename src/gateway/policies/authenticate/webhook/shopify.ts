import { judgeSignature, textKey, type Vendor } from './vendor.ts';

/**
 * Shopify: `X-Shopify-Hmac-SHA256: BASE64`, an HMAC-SHA256 of the body with the app's client secret (or the secret that the shop's
 * notification settings show). https://shopify.dev/docs/apps/build/webhooks/subscribe/https
 */
export const shopify: Vendor = {
  signature: 'x-shopify-hmac-sha256',
  fields: [],
  signsTime: false,
  keyOf: textKey,
  judge(delivery, { keys }) {
    const sent = [delivery.header('x-shopify-hmac-sha256') ?? ''];
    return judgeSignature({ algorithm: 'sha256', encoding: 'base64', parts: [delivery.body], sent }, keys);
  },
};
