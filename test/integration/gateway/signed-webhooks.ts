import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { sign as signForGithub } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';

export const VENDORS = ['stripe', 'standard', 'github', 'shopify', 'woocommerce', 'mailchimp'] as const;
export type VendorName = (typeof VENDORS)[number];

export const SECRETS: Record<VendorName, string> = {
  stripe: 'whsec_c2VjcmV0',
  standard: `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`,
  github: 'github-secret',
  shopify: 'shopify-secret',
  woocommerce: 'woo secret & more',
  mailchimp: 'mandrill-key',
};
export const MAILCHIMP_URL = 'https://api.shop.example/hooks/mailchimp?from=mandrill';

/** Spaces, an escape that a JSON library would undo, a sign beyond ASCII, the same name twice: nobody would write it like this anew. */
export const JSON_BODY =
  '{ "id": "evt_1",\t"object":"event", "type":"a\\u0062c", "name":"Grüße", "n": 1.0, "m": 1e0 }\r\n';
export const FORM_BODY = `mandrill_events=${encodeURIComponent('[{"event":"send","msg":{"email":"ann@example.com","n":1}}]').replaceAll('%20', '+')}`;

export const bodyFor = (vendor: VendorName) => (vendor === 'mailchimp' ? FORM_BODY : JSON_BODY);
export const typeFor = (vendor: VendorName) =>
  vendor === 'mailchimp' ? 'application/x-www-form-urlencoded' : 'application/json';

export const SIGNATURE_FIELD: Record<VendorName, string> = {
  stripe: 'Stripe-Signature',
  standard: 'Webhook-Signature',
  github: 'X-Hub-Signature-256',
  shopify: 'X-Shopify-Hmac-SHA256',
  woocommerce: 'X-WC-Webhook-Signature',
  mailchimp: 'X-Mandrill-Signature',
};

type Signing = { secret?: string; seconds?: number; id?: string };

/** The fields that a vendor sends with a body: by its official library where there is one. */
export async function sign(vendor: VendorName, body: string, how: Signing = {}): Promise<[string, string][]> {
  const secret = how.secret ?? SECRETS[vendor];
  const seconds = how.seconds ?? Math.floor(Date.now() / 1000);
  const field = SIGNATURE_FIELD[vendor];
  const base64 = (text: string, algorithm = 'sha256') => createHmac(algorithm, secret).update(text).digest('base64');
  switch (vendor) {
    case 'stripe':
      return [[field, Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: seconds })]];
    case 'standard': {
      const id = how.id ?? 'msg_1';
      const signature = new Webhook(secret).sign(id, new Date(seconds * 1000), body);
      return [
        ['Webhook-Id', id],
        ['Webhook-Timestamp', String(seconds)],
        [field, signature],
      ];
    }
    case 'github':
      return [
        ['X-GitHub-Delivery', how.id ?? '72d3162e-cc78-11e3-81ab-4c9367dc0958'],
        [field, await signForGithub(secret, body)],
      ];
    case 'shopify':
      return [
        ['X-Shopify-Webhook-Id', how.id ?? 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043'],
        [field, base64(body)],
      ];
    case 'woocommerce':
      return [[field, base64(body)]];
    case 'mailchimp': {
      const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
      return [[field, base64(MAILCHIMP_URL + fields.flat().join(''), 'sha1')]];
    }
  }
}

export type Reply = { status: number; code: string | null; text: string };
type Sending = { type?: string; chunked?: boolean };

/** Sends a call with these very fields, repeated ones too. */
export function send(
  url: string,
  fields: readonly (readonly [string, string])[],
  body: string | Buffer,
  how: Sending = {},
): Promise<Reply> {
  const { host } = new URL(url);
  const length =
    how.chunked === true ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', `${Buffer.byteLength(body)}`];
  const headers = ['Host', host, 'Content-Type', how.type ?? 'application/json', ...length, ...fields.flat()];
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = response.statusCode ?? 0;
        const refused = response.headers['content-type'] === 'application/problem+json';
        resolve({ status, text, code: refused ? (JSON.parse(text) as { code: string }).code : null });
      });
    });
    sent.on('error', reject);
    if (how.chunked === true) for (let at = 0; at < body.length; at += 7) sent.write(body.slice(at, at + 7));
    else sent.write(body);
    sent.end();
  });
}
