import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import axios from 'axios';
import Stripe from 'stripe';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from './start-gateway.ts';

const key = keyFor();
const run = promisify(execFile);

/** Answers with what it got: method, target, headers and a digest of the body. */
async function mirror() {
  const upstream = await startUpstream((incoming, response) => {
    const digest = createHash('sha256');
    incoming.on('data', (chunk) => digest.update(chunk));
    incoming.on('end', () => {
      const { headers, method, url } = incoming;
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('X-Answer', 'grüße'.normalize());
      response.end(JSON.stringify({ method, url, headers, body: digest.digest('hex') }));
    });
  });
  return startGateway({
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, limits: { body: '8MiB' } }] }],
    consumers: [{ name: 'c', keys: [key.config] }],
  });
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
type Seen = { method: string; url: string; headers: Record<string, string>; body: string };

describe('real clients get through unchanged', () => {
  it('curl, with a JSON body, a query and its own headers', async () => {
    const gateway = await mirror();
    const { stdout } = await run('curl', [
      ...['-gsS', '--fail', '-H', `X-API-Key: ${key.secret}`, '-H', 'X-Custom: a, b', '-H', 'Accept-Encoding: gzip'],
      ...['-d', '{"a":"ü"}', '-H', 'Content-Type: application/json', `${gateway.url}/orders?filter[a]=1&b=%20x`],
    ]);
    const seen = JSON.parse(stdout) as Seen;
    expect(seen).toMatchObject({ method: 'POST', url: '/orders?filter[a]=1&b=%20x', body: sha256('{"a":"ü"}') });
    expect(seen.headers).toMatchObject({
      'x-custom': 'a, b',
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
    });
  });

  it('curl, with an upload in multipart and one in chunks', async () => {
    const gateway = await mirror();
    const { stdout } = await run('curl', [
      ...['-sS', '--fail', '-H', `Authorization: Bearer ${key.secret}`, '-H', 'Transfer-Encoding: chunked'],
      ...['--data-binary', 'x'.repeat(100_000), `${gateway.url}/upload`],
    ]);
    expect((JSON.parse(stdout) as Seen).body).toBe(sha256('x'.repeat(100_000)));
    const form = await run('curl', [
      '-sS',
      '--fail',
      '-H',
      `X-API-Key: ${key.secret}`,
      '-F',
      'file=hello;filename=a.txt',
      gateway.url,
    ]);
    expect((JSON.parse(form.stdout) as Seen).headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  });

  it('undici, with every method', async () => {
    const gateway = await mirror();
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      const body = method === 'GET' || method === 'OPTIONS' ? null : 'payload';
      const {
        statusCode,
        body: answer,
        headers,
      } = await request(gateway.url, { method, body, headers: { 'x-api-key': key.secret } });
      expect(statusCode).toBe(200);
      // The upstream wrote UTF-8 bytes; they come through as they are.
      expect(Buffer.from(String(headers['x-answer']), 'latin1').toString()).toBe('grüße');
      expect(await answer.json()).toMatchObject({ method, body: sha256(body ?? '') });
    }
  });

  it('axios, with its own serialisation and a large body', async () => {
    const gateway = await mirror();
    const client = axios.create({ baseURL: gateway.url, headers: { 'X-API-Key': key.secret } });
    const payload = { list: Array.from({ length: 20_000 }, (_, i) => ({ i, name: `Näme ${i}` })) };
    const { data } = await client.put<Seen>('/large', payload, { params: { a: [1, 2], q: 'x y' } });
    expect(data.url).toBe('/large?a%5B%5D=1&a%5B%5D=2&q=x+y');
    expect(data.body).toBe(sha256(JSON.stringify(payload)));
  });

  it('the Stripe SDK, pointed at a local answerer through the gateway', async () => {
    const upstream = await startUpstream((incoming, response) => {
      let body = '';
      incoming.on('data', (chunk) => (body += chunk));
      incoming.on('end', () => {
        response.setHeader('Content-Type', 'application/json');
        response.setHeader('Request-Id', 'req_1');
        const auth = incoming.headers.authorization;
        response.end(
          JSON.stringify({ id: 'pi_1', object: 'payment_intent', description: `${auth}|${incoming.url}|${body}` }),
        );
      });
    });
    const gateway = await startGateway({
      services: [{ name: 'stripe', upstream: upstream.url, routes: [{ match: { path: '/v1/*' } }] }],
      consumers: [{ name: 'c', keys: [key.config] }],
    });
    const stripe = new Stripe(key.secret, {
      host: '127.0.0.1',
      port: gateway.port,
      protocol: 'http',
      telemetry: false,
    });
    const intent = await stripe.paymentIntents.create(
      { amount: 1250, currency: 'eur', metadata: { order: 'ä 1' } },
      { idempotencyKey: 'o-1' },
    );
    expect(intent.id).toBe('pi_1');
    // The key in Authorization is the gateway's own and stays there.
    expect(intent.description).toBe(
      'undefined|/v1/payment_intents|amount=1250&currency=eur&metadata[order]=%C3%A4%201',
    );
    expect(upstream.requests[0]?.headers).toMatchObject({
      'idempotency-key': 'o-1',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(intent.lastResponse.requestId).toBe('req_1');
  });
});
