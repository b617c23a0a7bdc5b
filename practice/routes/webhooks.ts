import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Answer, invalid, json, notFound, Refusal } from '../answers.ts';
import { JSON_LIMIT, parseObject, readBytes, readObject, textField } from '../body.ts';
import { one, run } from '../database.ts';
import { INNER_HEADER, ownPage } from '../outgoing.ts';
import type { Route, Visit } from '../router.ts';
import type { Shop } from '../shop.ts';

/** Where the shop would really send its order notices: chosen by the shop, not by the visitor. */
const KNOWN_RECEIVERS = ['https://hooks.accounting.example', 'https://hooks.parcel.example'];

async function test(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const wanted = textField(await readObject(visit), 'url', 2000);
  const url = URL.canParse(wanted) ? new URL(wanted) : null;
  if (!url) throw invalid('"url" is not an address.');
  // WEAKNESS webhook-test-fetches-anything: the shop fetches whatever it is told to, from inside its own house, and shows
  // the answer. In truth outgoing.ts lets it reach nothing but itself, so that it can harm nobody.
  if (shop.weak('webhook-test-fetches-anything')) {
    const answer = await ownPage(shop, url, { [INNER_HEADER]: shop.innerSecret });
    return json({ fetched: url.href, status: answer.status, body: answer.body });
  }
  if (!KNOWN_RECEIVERS.includes(url.origin)) throw invalid('This receiver is not on the list of known ones.');
  return json({ queued: url.origin }, 202);
}

const FIVE_MINUTES = 300;

/** The value of `X-Payment-Signature`: `t=<seconds>,v1=<hex HMAC-SHA-256 of "<seconds>.<body>">`. */
export function paymentSignature(secret: string, seconds: number, body: string | Buffer): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
}

function checkSignature(shop: Shop, header: string, body: Buffer): void {
  const seconds = Number(/^t=(\d{1,12}),/.exec(header)?.[1] ?? Number.NaN);
  const expected = Buffer.from(paymentSignature(shop.paymentSecret, seconds, body));
  const given = Buffer.from(header);
  const fresh = Math.abs(Date.now() / 1000 - seconds) <= FIVE_MINUTES;
  if (!fresh || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Refusal(401, 'bad-signature', 'This notice was not signed by the payment company, or it is too old.');
  }
}

async function payment(visit: Visit): Promise<Answer> {
  const { shop } = visit;
  const bytes = await readBytes(visit, JSON_LIMIT);
  // WEAKNESS payment-notice-unsigned: anybody can say "this order is paid".
  if (!shop.weak('payment-notice-unsigned')) {
    checkSignature(shop, String(visit.request.headers['x-payment-signature'] ?? ''), bytes);
  }
  const { orderId } = parseObject(visit, bytes);
  if (typeof orderId !== 'number' || !Number.isSafeInteger(orderId)) throw invalid('"orderId" is missing.');
  const order = one<{ id: number; customer_id: number; total_cents: number }>(
    shop.db,
    'SELECT id, customer_id, total_cents FROM orders WHERE id = ?',
    [orderId],
  );
  if (!order) throw notFound('order');
  run(shop.db, `UPDATE orders SET status = 'paid' WHERE id = ?`, [order.id]);
  shop.events.emit('order', {
    orderId: order.id,
    customerId: order.customer_id,
    status: 'paid',
    totalCents: order.total_cents,
  });
  return json({ orderId: order.id, status: 'paid' });
}

export const webhookRoutes: Route[] = [
  { method: 'POST', path: '/api/webhooks/test', handle: test },
  { method: 'POST', path: '/api/webhooks/payments', handle: payment },
];
