import { judgeSignature, textKey, timeFault, UNREADABLE, type Vendor } from './vendor.ts';

/**
 * Stripe: `Stripe-Signature: t=SECONDS,v1=HEX,…` with an HMAC-SHA256 of `SECONDS.BODY`. While a secret is replaced there are several
 * `v1`. Other schemes (`v0` is made for test events) count for nothing. https://docs.stripe.com/webhooks#verify-manually
 */
export const stripe: Vendor = {
  signature: 'stripe-signature',
  fields: [],
  signsTime: true,
  keyOf: textKey,
  judge(delivery, endpoint) {
    const parts = (delivery.header('stripe-signature') ?? '').split(',', MAX_PARTS).map((part) => part.trim());
    const times = parts.filter((part) => part.startsWith('t=')).map((part) => part.slice(2));
    const sent = parts.filter((part) => part.startsWith('v1=')).map((part) => part.slice(3));
    const [time] = times;
    if (time === undefined || times.length > 1 || sent.length === 0) return UNREADABLE;
    const fault = timeFault(time, delivery.now, endpoint.toleranceMs);
    if (fault !== null) return fault;
    const signed = [`${time}.`, delivery.body];
    return judgeSignature({ algorithm: 'sha256', encoding: 'hex', parts: signed, sent }, endpoint.keys);
  },
};

const MAX_PARTS = 20;
