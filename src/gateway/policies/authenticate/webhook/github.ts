import { judgeSignature, textKey, UNREADABLE, type Vendor } from './vendor.ts';

/**
 * GitHub: `X-Hub-Signature-256: sha256=HEX`, an HMAC-SHA256 of the body. The older SHA-1 field beside it counts for nothing.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const github: Vendor = {
  signature: 'x-hub-signature-256',
  fields: [],
  signsTime: false,
  keyOf: textKey,
  judge(delivery, { keys }) {
    const value = delivery.header('x-hub-signature-256') ?? '';
    if (!value.startsWith('sha256=')) return UNREADABLE;
    const sent = [value.slice('sha256='.length)];
    return judgeSignature({ algorithm: 'sha256', encoding: 'hex', parts: [delivery.body], sent }, keys);
  },
};
