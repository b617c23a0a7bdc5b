import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { CUSTOMERS, formOf, startFakeStripe } from '../../fixtures/fake-stripe.ts';
import { STRIPE_KEY, startOutbound } from './outbound-start.ts';

const client = (key: string, port: number, more: object = {}) =>
  new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0, ...more });

test('the Stripe SDK works with nothing changed but host, port, protocol and key', async () => {
  const vendor = await startFakeStripe(STRIPE_KEY);
  const { own, shop, events, dataDir, gateway } = await startOutbound(vendor);
  const stripe = client(shop, own);

  const intent = await stripe.paymentIntents.create({ amount: 1999, currency: 'eur' }, { idempotencyKey: 'order-7' });
  expect(intent).toMatchObject({ id: 'pi_1', amount: 1999, currency: 'eur' });
  const [first] = vendor.calls;
  if (first === undefined) throw new Error('nothing reached the vendor');
  expect(first.headers).toMatchObject({ 'idempotency-key': 'order-7', host: vendor.host });
  expect(formOf(first)).toEqual({ amount: '1999', currency: 'eur' });
  expect(Object.keys(first.headers).filter((name) => /forwarded|nightlatch|x-request-id|x-api-key/.test(name))).toEqual(
    [],
  );

  const ids: string[] = [];
  for await (const { id } of stripe.customers.list({ limit: 10 })) ids.push(id);
  expect(ids).toHaveLength(CUSTOMERS);

  await expect(
    stripe.paymentIntents.create({ amount: 5, currency: 'eur', payment_method: 'pm_declined' }),
  ).rejects.toMatchObject({ type: 'StripeCardError', statusCode: 402, code: 'card_declined' });

  expect(JSON.stringify(vendor.calls)).not.toContain(shop);
  expect(events().map((e) => e.type === 'request' && [e.direction, e.service, e.route, e.consumer, e.status])).toEqual([
    ['outbound', 'stripe', 'stripe POST /v1/payment_intents', 'web-shop', 200],
    ...Array.from({ length: 3 }, () => ['outbound', 'stripe', 'stripe GET /v1/*', 'web-shop', 200]),
    ['outbound', 'stripe', 'stripe POST /v1/payment_intents', 'web-shop', 402],
  ]);
  expect(gateway.metrics.render({})).toContain('{service="stripe",direction="outbound",status="2xx"} 4');
  expect(everythingIn(dataDir)).not.toContain(STRIPE_KEY);
  expect(everythingIn(dataDir)).not.toContain(Buffer.from(STRIPE_KEY).toString('base64').slice(0, 20));
  expect(gateway.metrics.render({})).not.toContain(STRIPE_KEY);
});

test('what the gateway refuses is an error for the SDK, never an object', async () => {
  const vendor = await startFakeStripe(STRIPE_KEY);
  const { own, shop, partner } = await startOutbound(vendor);
  await expect(client(shop, own).refunds.create({ charge: 'ch_1' })).rejects.toMatchObject({
    ...{ type: 'StripePermissionError', code: 'vendor-call-not-allowed' },
    message: expect.stringContaining('not on the list'),
  });
  await expect(client(partner, own).customers.list()).rejects.toMatchObject({ code: 'vendor-caller-not-allowed' });
  await expect(client(STRIPE_KEY, own).customers.list()).rejects.toMatchObject({ type: 'StripeAuthenticationError' });
  expect(vendor.calls).toEqual([]);
});

test('a vendor that is too slow is given up, and a POST is sent once', async () => {
  const vendor = await startFakeStripe(STRIPE_KEY);
  const { own, shop } = await startOutbound(vendor, { timeouts: { response: '300ms' } });
  const slow = client(shop, own).paymentIntents.create({ amount: 1, currency: 'eur', description: 'slow' });
  await expect(slow).rejects.toMatchObject({ statusCode: 504, code: 'upstream-timeout' });
  expect(vendor.calls).toHaveLength(1);
});

test('an answer streams through as it comes', async () => {
  const vendor = await startFakeStripe(STRIPE_KEY);
  const { own, shop } = await startOutbound(vendor);
  const started = performance.now();
  const stream = (await client(shop, own).quotes.pdf('qt_1')) as unknown as NodeJS.ReadableStream;
  const arrivals: number[] = [];
  let text = '';
  for await (const chunk of stream) {
    arrivals.push(performance.now() - started);
    text += String(chunk);
  }
  expect(text).toBe('part 0;part 1;part 2;part 3;part 4;');
  expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(150);
});

test('curl, as Stripe documents it, and SDKs with a base URL', async () => {
  const vendor = await startFakeStripe(STRIPE_KEY);
  const { own, shared, shop } = await startOutbound(vendor);
  const run = promisify(execFile);
  const url = `http://127.0.0.1:${own}/v1/payment_intents`;
  const { stdout } = await run('curl', ['-s', url, '-u', `${shop}:`, '-d', 'amount=5', '-d', 'currency=usd']);
  expect(JSON.parse(stdout)).toMatchObject({ id: 'pi_1', amount: 5 });

  const headers = { authorization: `Bearer ${shop}` };
  const byPath = await fetch(`http://127.0.0.1:${shared}/stripe/v1/customers?limit=2`, { headers });
  expect(await byPath.json()).toMatchObject({ data: [{ id: 'cus_1' }, { id: 'cus_2' }] });
  expect(byPath.headers.get('set-cookie')).toBe('a=1');
  expect(vendor.calls.at(-1)?.url).toBe('/v1/customers?limit=2');

  const byHost = await run('curl', [
    '-s',
    `http://127.0.0.1:${shared}/v1/customers`,
    '-H',
    'Host: api.vendor.test',
    '-u',
    `${shop}:`,
  ]);
  expect(JSON.parse(byHost.stdout)).toMatchObject({ object: 'list' });
});

function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}
