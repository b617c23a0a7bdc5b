import type { Exchange, PolicyFunction } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import { readBody } from '../read-body.ts';
import { WEBHOOK_CALLER, type Webhook } from './webhook/compile-webhooks.ts';

/** RFC 9110 §11.6.1: a 401 names a scheme. How each vendor signs is its own affair. */
const CHALLENGE = ['WWW-Authenticate', 'Signature realm="webhook"'] as const;
const UNSIGNED: Refusal = { code: 'webhook-unsigned', headers: CHALLENGE };
const REPLAYED: Refusal = { code: 'webhook-replayed' };
/** Not the sender's fault: it may try again later, as vendors do after a 503. */
const NO_SECRET: Refusal = { code: 'secret-missing', detail: 'the secret of the webhook is gone' };

/** The names of the webhooks among the ways in which a route lets callers in. */
export function webhookNames(auth: readonly string[]): string[] {
  return auth.filter((way) => way.startsWith(WEBHOOK_CALLER)).map((way) => way.slice(WEBHOOK_CALLER.length));
}

/**
 * Needs a call that one of the vendors named has signed. Where a route has other ways too, `other` judges calls that carry none of
 * the vendors' signatures.
 */
export function requireWebhook(names: readonly string[], other: PolicyFunction | null): PolicyFunction {
  return (x) => {
    const signed = names
      .map((name) => x.runtime.webhooks.get(name))
      .filter((webhook) => webhook !== undefined)
      .filter((webhook) => valuesOf(x, webhook.vendor.signature).length > 0);
    if (signed.length > 0) return judge(x, signed);
    return other === null ? UNSIGNED : other(x);
  };
}

/** What is wrong with a refused call is recorded for the owner and never told to the caller. */
async function judge(x: Exchange, webhooks: readonly Webhook[]): Promise<Refusal | null> {
  const body = await readBody(x);
  if (!Buffer.isBuffer(body)) return body;
  const header = (name: string) => valuesOf(x, name)[0] ?? null;
  const delivery = { header, body, contentType: x.contentType, now: x.time };
  let detail = '';
  let judged = 0;
  for (const webhook of webhooks) {
    if (webhook.keys.length === 0) continue;
    judged++;
    const { vendor } = webhook;
    const twice = [vendor.signature, ...vendor.fields].some((name) => valuesOf(x, name).length > 1);
    const judgement = twice ? { fault: 'a signature came twice' } : vendor.judge(delivery, webhook);
    if ('mark' in judgement) return admit(x, webhook, judgement.mark);
    detail = detail === '' ? judgement.fault : `${detail}; ${judgement.fault}`;
  }
  if (judged < webhooks.length) return NO_SECRET;
  return { code: 'webhook-invalid', detail, headers: CHALLENGE };
}

function admit(x: Exchange, webhook: Webhook, mark: string): Refusal | null {
  x.caller = webhook.caller;
  x.delivery = webhook.seen.begin(webhook.name, mark, x.time, webhook.keepMs);
  return x.delivery === null ? REPLAYED : null;
}

function valuesOf(x: Exchange, name: string): string[] {
  const raw = x.request.rawHeaders;
  const values: string[] = [];
  for (let i = 0; i < raw.length; i += 2) if (raw[i]?.toLowerCase() === name) values.push(raw[i + 1] ?? '');
  return values;
}
