import { createHmac } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { verify as verifyForGithub } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { bodyFor, JSON_BODY, SECRETS, SIGNATURE_FIELD, send, sign, VENDORS } from './signed-webhooks.ts';
import { startGateway } from './start-gateway.ts';
import { key, webhookShop } from './webhook-shop.ts';

const MINUTE = 60_000;

describe('genuine webhooks', () => {
  it.each(VENDORS)(
    'of %s reach the application byte for byte, and its own library accepts them there',
    async (vendor) => {
      const { gateway, bodies, seen, post } = await webhookShop();
      expect(await post(vendor)).toMatchObject({ status: 200, text: 'taken' });
      const [body = Buffer.alloc(0)] = bodies;
      expect(body.equals(Buffer.from(bodyFor(vendor)))).toBe(true);
      const headers = seen[0] ?? {};
      const signature = String(headers[SIGNATURE_FIELD[vendor].toLowerCase()]);
      if (vendor === 'stripe') Stripe.webhooks.constructEvent(body, signature, SECRETS.stripe);
      if (vendor === 'standard') new Webhook(SECRETS.standard).verify(body, headers as Record<string, string>);
      if (vendor === 'github') expect(await verifyForGithub(SECRETS.github, body.toString(), signature)).toBe(true);
      expect(headers['x-nightlatch-consumer']).toBe(`webhook:${vendor}`);
      const [event] = gateway.events();
      expect(event).toMatchObject({ consumer: `webhook:${vendor}`, key: null, status: 200, code: null });
      expect(JSON.stringify(event)).not.toContain(signature);
    },
  );

  it('pass in chunks, and compressed when the compressed bytes were signed', async () => {
    const { gateway, bodies } = await webhookShop();
    const url = `${gateway.url}/github`;
    expect((await send(url, await sign('github', JSON_BODY), JSON_BODY, { chunked: true })).status).toBe(200);
    const packed = gzipSync(JSON_BODY);
    const signature = createHmac('sha256', SECRETS.shopify).update(packed).digest('base64');
    const fields: [string, string][] = [
      ['X-Shopify-Hmac-SHA256', signature],
      ['Content-Encoding', 'gzip'],
    ];
    expect((await send(`${gateway.url}/packed`, fields, packed)).status).toBe(200);
    expect(bodies[1]?.equals(packed)).toBe(true);
    expect(bodies[0]?.toString()).toBe(JSON_BODY);
  });

  it('are let in beside keys, whichever a call shows', async () => {
    const { post, gateway } = await webhookShop();
    expect((await post('stripe', {}, 'both')).status).toBe(200);
    expect((await send(`${gateway.url}/both`, [['X-API-Key', key.secret]], '{}')).status).toBe(200);
    expect(await send(`${gateway.url}/both`, [], '{}')).toMatchObject({ status: 401, code: 'key-missing' });
    expect(gateway.events().map((event) => 'consumer' in event && event.consumer)).toEqual([
      'webhook:stripe',
      'web-shop',
      null,
    ]);
  });

  it('may do what their entry says, within the size that the route allows', async () => {
    const without = await webhookShop();
    expect(await without.post('github', {}, 'scoped')).toMatchObject({ status: 403, code: 'scope-missing' });
    expect(await without.post('github', {}, 'small')).toMatchObject({ status: 413, code: 'body-too-large' });
    const scoped = await webhookShop({ github: { scopes: ['events:write'] } });
    expect((await scoped.post('github', {}, 'scoped')).status).toBe(200);
  });
});

describe('secrets', () => {
  it('may be several while one is replaced, from a variable or a file', async () => {
    const file = join(temporaryFolder(), 'stripe-secret');
    writeFileSync(file, 'whsec_new\n');
    const { post } = await webhookShop({ stripe: { secrets: [{ file }, { env: 'TEST_STRIPE_SECRET' }] } });
    const status = async (secret: string) => (await post('stripe', { secret })).status;
    expect([await status('whsec_new'), await status(SECRETS.stripe), await status('whsec_older')]).toEqual([
      200, 409, 401,
    ]);
    expect((await post('stripe', { seconds: Math.floor(Date.now() / 1000) - 5 })).status).toBe(200);
  });

  it('that are missing, empty or none of the vendor’s keep the configuration out, and the old one in', async () => {
    const { gateway, config, post } = await webhookShop();
    vi.stubEnv('TEST_EMPTY', '');
    const cases: [string, unknown, string][] = [
      ['stripe', { env: 'TEST_NOT_THERE' }, 'no secret in the environment variable TEST_NOT_THERE'],
      ['stripe', { env: 'TEST_EMPTY' }, 'no secret in the environment variable TEST_EMPTY'],
      ['github', { file: '/nowhere/secret' }, 'no secret in the file /nowhere/secret'],
      ['standard', { env: 'TEST_WOOCOMMERCE_SECRET' }, 'is no secret for the webhook "standard"'],
    ];
    for (const [vendor, source, words] of cases) {
      const next = { ...config, webhooks: { ...config.webhooks, [vendor]: { secrets: [source] } } };
      await expect(gateway.apply(next as never)).rejects.toMatchObject({
        code: 'secret-missing',
        message: expect.stringContaining(words),
      });
    }
    expect((await post('stripe')).status).toBe(200);
    expect(readFileSync(join(gateway.dataDir, 'snapshot.json'), 'utf8')).not.toContain(SECRETS.stripe);
  });

  it('of two entries of one vendor let both in by one route', async () => {
    const { gateway, config } = await webhookShop();
    vi.stubEnv('TEST_CONNECT_SECRET', 'whsec_connect');
    const route = { match: { path: '/hook' }, auth: { any: ['webhook:stripe' as const, 'webhook:connect' as const] } };
    await gateway.apply({
      ...config,
      services: config.services.map((service) => ({ ...service, routes: [route] })),
      webhooks: {
        ...config.webhooks,
        connect: { vendor: 'stripe', secrets: [{ env: 'TEST_CONNECT_SECRET' }] },
      } as never,
    });
    const call = async (secret: string) =>
      send(`${gateway.url}/hook`, await sign('stripe', JSON_BODY, { secret }), JSON_BODY);
    expect([(await call('whsec_connect')).status, (await call(SECRETS.stripe)).status]).toEqual([200, 200]);
    expect(await call('whsec_other')).toMatchObject({ status: 401, code: 'webhook-invalid' });
  });
});

describe('a recorded webhook', () => {
  it.each(VENDORS)('of %s is not let in again once it was answered, also with another delivery id', async (vendor) => {
    const { gateway, post, bodies, config, forward } = await webhookShop();
    const seconds = Math.floor(Date.now() / 1000);
    expect((await post(vendor, { seconds })).status).toBe(200);
    const id = vendor === 'standard' ? 'msg_1' : 'another-id';
    expect(await post(vendor, { seconds, id })).toMatchObject({ status: 409, code: 'webhook-replayed' });
    await gateway.apply(config as never);
    expect(await post(vendor, { seconds })).toMatchObject({ status: 409, code: 'webhook-replayed' });
    forward(61 * MINUTE);
    const late = await post(vendor, { seconds });
    // Where no time is signed, memory is all there is.
    const signsTime = vendor === 'stripe' || vendor === 'standard';
    expect(late).toMatchObject(signsTime ? { status: 401, code: 'webhook-invalid' } : { status: 200 });
    expect(bodies).toHaveLength(signsTime ? 1 : 2);
  });

  it('is not let in again after a restart; on disk stands nothing of what it said, and a damaged file is left behind', async () => {
    const { gateway, config, bodies } = await webhookShop();
    const headers = await sign('github', JSON_BODY, {});
    const post = (url: string) => send(`${url}/github`, headers, JSON_BODY);
    expect((await post(gateway.url)).status).toBe(200);
    await gateway.gateway.drain(200);
    const file = join(gateway.dataDir, 'deliveries.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 1, marks: [expect.any(Array)] });
    expect(readFileSync(file, 'utf8')).not.toContain('github');
    const again = await startGateway(config as never, { dataDir: gateway.dataDir });
    expect(await post(again.url)).toMatchObject({ status: 409, code: 'webhook-replayed' });
    await again.gateway.drain(200);
    writeFileSync(file, '{');
    const anew = await startGateway(config as never, { dataDir: gateway.dataDir });
    expect((await post(anew.url)).status).toBe(200);
    await anew.gateway.drain(200);
    const later = await startGateway(config as never, {
      dataDir: gateway.dataDir,
      clock: { now: () => Date.now() + 61 * MINUTE },
    });
    // A delivery is remembered for as long as the tolerance says, over a restart too.
    expect((await post(later.url)).status).toBe(200);
    expect(bodies).toHaveLength(3);
  });

  it('is let in again as long as the application has not taken it', async () => {
    const { post, answers, bodies } = await webhookShop();
    answers(500);
    expect((await post('github')).status).toBe(500);
    answers(302);
    expect((await post('github')).status).toBe(302);
    answers(204);
    expect((await post('github')).status).toBe(204);
    expect((await post('github')).status).toBe(409);
    expect(bodies).toHaveLength(3);
  });

  it('is let in once of two that come at the same time', async () => {
    const { post, bodies } = await webhookShop();
    const replies = await Promise.all(Array.from({ length: 20 }, () => post('shopify')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(bodies).toHaveLength(1);
  });

  it('goes on to the application where a route only watches, and is marked', async () => {
    const { gateway, config, bodies } = await webhookShop();
    await gateway.apply({ ...config, defaults: { mode: 'monitor' } } as never);
    const fields = await sign('github', JSON_BODY, { secret: 'wrong' });
    expect((await send(`${gateway.url}/github`, fields, JSON_BODY)).status).toBe(200);
    expect(bodies[0]?.toString()).toBe(JSON_BODY);
    expect(gateway.events()[0]).toMatchObject({
      consumer: null,
      decisions: expect.arrayContaining([expect.objectContaining({ decision: 'would-deny', code: 'webhook-invalid' })]),
    });
  });
});
