import { isUtf8 } from 'node:buffer';
import { judgeSignature, textKey, UNREADABLE, type Vendor } from './vendor.ts';

/**
 * Mailchimp Transactional (Mandrill): `X-Mandrill-Signature: BASE64`, an HMAC-SHA1 of the address and of each form field's name and
 * value. Where a name ends is not signed, so the one field that Mandrill sends must be there, once and alone. Mailchimp's other
 * webhooks, those of audiences, have no signature at all. https://mailchimp.com/developer/transactional/guides/track-respond-activity-webhooks/
 */
export const mailchimp: Vendor = {
  signature: 'x-mandrill-signature',
  fields: [],
  signsTime: false,
  keyOf: textKey,
  judge(delivery, { keys, url }) {
    const type = (delivery.contentType ?? '').split(';', 1)[0]?.trim().toLowerCase();
    if (type !== 'application/x-www-form-urlencoded' || !isUtf8(delivery.body)) return UNREADABLE;
    const fields = [...new URLSearchParams(delivery.body.toString('utf8'))];
    const [only] = fields;
    if (fields.length !== 1 || only?.[0] !== FIELD) return UNREADABLE;
    const sent = [delivery.header('x-mandrill-signature') ?? ''];
    const parts = [`${url}${FIELD}${only[1]}`];
    return judgeSignature({ algorithm: 'sha1', encoding: 'base64', parts, sent }, keys);
  },
};

const FIELD = 'mandrill_events';
