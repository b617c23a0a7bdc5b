import Stripe from 'stripe';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { JSON_BODY, SECRETS, send, sign } from '../gateway/signed-webhooks.ts';
import { startGateway } from '../gateway/start-gateway.ts';

const PATH = '/stripe/login';
const EVENT = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, name: { type: 'string' }, n: { type: 'number' } },
};
/** As {@link JSON_BODY}, without the name that stands in it twice, which validation refuses. */
const BODY = JSON_BODY.replace(', "n": 1e0', ', "card": "4111 1111 1111 1111"');

/** Changed webhook bodies: a body that somebody signed must arrive as it was signed, whatever has looked at it. */
async function shop() {
  process.env.TEST_STRIPE_SECRET = SECRETS.stripe;
  onTestFinished(() => {
    delete process.env.TEST_STRIPE_SECRET;
  });
  const arrived: { body: Buffer; signature: string }[] = [];
  const upstream = await startUpstream(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    arrived.push({ body: Buffer.concat(chunks), signature: String(request.headers['stripe-signature']) });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"card":"4111111111111111"}');
  });
  const many = { quota: 1_000, window: '60s' };
  const gateway = await startGateway({
    defaults: { mode: 'enforce' },
    server: { limits: { body: '64KiB' } },
    services: [
      {
        name: 'shop',
        upstream: [upstream.url],
        retry: { idempotencyKey: true },
        openapi: {
          mode: 'enforce',
          routes: 'validate-only',
          inline: {
            openapi: '3.1.0',
            info: { title: 'Hooks', version: '1' },
            paths: {
              [PATH]: {
                post: {
                  requestBody: { required: true, content: { 'application/json': { schema: EVENT } } },
                  responses: { 200: { description: 'Taken' } },
                },
              },
            },
          },
        },
        routes: [
          {
            match: { path: PATH, methods: ['POST'] },
            auth: { any: ['webhook:stripe'] },
            scopes: ['hooks'],
            rateLimit: [
              { key: 'address', ...many },
              { key: 'consumer', ...many },
              { key: 'route', ...many },
              { key: 'body.id', ...many },
            ],
            concurrency: [{ key: 'consumer', max: 50 }],
            loginProtection: { perAddress: 1_000, perAccount: 1_000, fields: ['id', 'name'] },
            limits: { body: '16KiB' },
            validate: { mode: 'enforce', body: EVENT },
          },
        ],
      },
    ],
    webhooks: { stripe: { secrets: [{ env: 'TEST_STRIPE_SECRET' }], scopes: ['hooks'] } },
    responseGuard: { mode: 'enforce' },
    attackFilter: { mode: 'enforce' },
    bans: { mode: 'enforce', attempts: 3 },
    blocklist: { deny: ['203.0.113.0/24'] },
  } as never);
  return { gateway, arrived };
}

describe('a body signed by Stripe', () => {
  it.each([
    ['whole', {}, []],
    ['in chunks', { chunked: true }, []],
    ['with a key to repeat it by', {}, [['Idempotency-Key', 'evt_1']]],
  ] as const)(
    'arrives byte for byte through every policy, and Stripe’s SDK accepts it there (%s)',
    async (_, how, more) => {
      const { gateway, arrived } = await shop();
      const fields = [...(await sign('stripe', BODY)), ...more];
      const reply = await send(gateway.url + PATH, fields, BODY, how);
      expect(reply).toMatchObject({ status: 200, text: '{"card":"************1111"}' });
      expect(arrived).toHaveLength(1);
      const [{ body, signature } = { body: Buffer.alloc(0), signature: '' }] = arrived;
      expect(body.equals(Buffer.from(BODY))).toBe(true);
      expect(Stripe.webhooks.constructEvent(body, signature, SECRETS.stripe).id).toBe('evt_1');
    },
  );

  it('is judged by those policies: with another byte it is not let in, and what does not fit is refused', async () => {
    const { gateway, arrived } = await shop();
    const signed = await sign('stripe', BODY);
    expect(await send(gateway.url + PATH, signed, BODY.replace('Grüße', 'Gruße'))).toMatchObject({ status: 401 });
    const misfit = '{"id":7}';
    expect(await send(gateway.url + PATH, await sign('stripe', misfit), misfit)).toMatchObject({ status: 422 });
    const large = JSON.stringify({ id: 'x'.repeat(20_000) });
    expect(await send(gateway.url + PATH, await sign('stripe', large), large)).toMatchObject({ status: 413 });
    expect(arrived).toEqual([]);
  });
});
