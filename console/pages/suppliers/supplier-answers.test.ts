import { expect, test } from 'vitest';
import { KNOWN } from './known-suppliers.ts';
import { answersOf, EMPTY, type Supplier, supplierOf } from './supplier-answers.ts';

const stripe: Supplier = {
  name: 'stripe',
  host: 'api.stripe.com',
  secret: { env: 'STRIPE_KEY' },
  allow: ['POST /v1/payment_intents', 'GET /v1/*'],
  consumers: ['web-shop'],
  limits: {
    perDay: 500,
    spendPerDay: { on: ['POST /v1/payment_intents'], most: { eur: 90_000, usd: 10 } },
    body: '64KiB',
  },
  listen: '127.0.0.1:8082',
};

test.each([
  stripe,
  { ...stripe, inject: { header: 'X-Token', prefix: 'Token ' } },
  { ...stripe, inject: { query: 'key' }, limits: { spendPerDay: { on: ['GET /v1/*'], most: 7 } } },
  { name: 'mail', host: 'api.mail.example', secret: { file: '/run/mail' }, inject: 'basic', allow: ['POST /*'] },
] satisfies Supplier[])('%j is read and written, with what the form does not know', (supplier) => {
  expect(supplierOf(answersOf(supplier), supplier)).toEqual(supplier);
});

test('limits are taken away', () => {
  const answers = { ...answersOf(stripe), perDay: undefined, most: undefined, consumers: [] };
  expect(supplierOf(answers, stripe)).toEqual({
    ...{ name: stripe.name, host: stripe.host, secret: stripe.secret, allow: stripe.allow, listen: stripe.listen },
    limits: { body: '64KiB' },
  });
});

test('known suppliers bring what their form needs', () => {
  expect(Object.keys(KNOWN).length).toBe(6);
  for (const known of Object.values(KNOWN)) {
    expect(supplierOf({ ...EMPTY, ...known }, {})).toMatchObject({ host: expect.stringMatching(/^api\./) });
  }
});
