import { judgeSignature, timeFault, UNREADABLE, type Vendor } from './vendor.ts';

/**
 * Standard Webhooks: `Webhook-Signature: v1,BASE64 …` with an HMAC-SHA256 of `ID.SECONDS.BODY`, secrets as `whsec_BASE64`. Signatures
 * by public key (`v1a`) count for nothing. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standard: Vendor = {
  signature: 'webhook-signature',
  fields: ['webhook-id', 'webhook-timestamp'],
  signsTime: true,
  keyOf(secret) {
    const text = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
    const key = Buffer.from(text, 'base64');
    return key.toString('base64') === text ? key : null;
  },
  judge(delivery, endpoint) {
    const id = delivery.header('webhook-id');
    const time = delivery.header('webhook-timestamp');
    // A dot in the id would let what is signed be cut in two ways.
    if (id === null || time === null || !/^[\x21-\x2d\x2f-\x7e]{1,256}$/.test(id)) return UNREADABLE;
    const sent = (delivery.header('webhook-signature') ?? '')
      .split(' ', MAX_SIGNATURES)
      .filter((one) => one.startsWith('v1,'))
      .map((one) => one.slice(3));
    if (sent.length === 0) return UNREADABLE;
    const fault = timeFault(time, delivery.now, endpoint.toleranceMs);
    if (fault !== null) return fault;
    const signed = [`${id}.${time}.`, delivery.body];
    return judgeSignature({ algorithm: 'sha256', encoding: 'base64', parts: signed, sent }, endpoint.keys);
  },
};

const MAX_SIGNATURES = 20;
