import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { PRACTICE_PASSWORD } from './passwords.ts';
import { paymentSignature } from './routes/webhooks.ts';
import { type PracticeShop, startPracticeShop } from './server.ts';
import { readToken, signToken } from './tokens.ts';

/** A locked shop is only worth something when honest customers still get through. */
let shop: PracticeShop;
let customer: string;

async function call(path: string, init: RequestInit & { token?: string } = {}) {
  const { token, ...rest } = init;
  const headers = {
    ...(rest.headers as Record<string, string>),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  const answer = await fetch(new URL(path, shop.url), { redirect: 'manual', ...rest, headers });
  const source = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  return { status: answer.status, headers: answer.headers, value: isJson ? JSON.parse(source) : source };
}

const post = (path: string, body: unknown, token?: string) =>
  call(path, { method: 'POST', body: JSON.stringify(body), ...(token ? { token } : {}) });

beforeAll(async () => {
  shop = await startPracticeShop({ hardened: true, paymentSecret: 'payment-secret-for-the-test' });
  const { value } = await post('/api/login', { email: 'tobias.finch.2@example.com', password: PRACTICE_PASSWORD });
  customer = value.token;
});
afterAll(() => shop.close());

describe('the hardened shop, honestly used', () => {
  it('shows customers their own things and keeps those of others to itself', async () => {
    expect((await call('/api/customers/2', { token: customer })).value).toMatchObject({ id: 2, name: 'Tobias Finch' });
    expect((await call('/api/customers/3', { token: customer })).status).toBe(404);
    const { orders } = (await call('/api/orders?limit=1000', { token: customer })).value;
    expect(orders.map(({ id }: { id: number }) => id)).toEqual([82, 42, 2]);
  });

  it('shows nobody more than the fields that are needed', async () => {
    const { value } = await call('/api/customers/me', { token: customer });
    expect(Object.keys(value)).toEqual(['id', 'name', 'email', 'phone', 'address', 'loyaltyPoints']);
  });

  it('works out the price itself and takes the pieces out of stock', async () => {
    const { status, value } = await post('/api/orders', { items: [{ productId: 1, quantity: 2 }] }, customer);
    expect(status).toBe(201);
    expect(value).toMatchObject({ customerId: 2, totalCents: 3600, status: 'new' });
  });

  it('sells the limited piece once per customer, however the basket is packed', async () => {
    const two = [30, 30].map((productId) => ({ productId, quantity: 1 }));
    expect((await post('/api/orders', { items: two }, customer)).status).toBe(409);
    expect((await post('/api/orders', { items: [{ productId: 30, quantity: 1 }] }, customer)).status).toBe(201);
    expect((await post('/api/orders', { items: [{ productId: 30, quantity: 1 }] }, customer)).status).toBe(409);
  });

  it('finds words with an apostrophe or a percent sign as words', async () => {
    expect((await call(`/api/search?q=${encodeURIComponent("potter's 100%")}`)).value).toEqual({ products: [] });
    expect((await call('/api/search?q=MUG')).value.products).toHaveLength(2);
  });

  it('shows the search words as text', async () => {
    const { value } = await call(`/search?q=${encodeURIComponent('<b>mugs</b>')}`);
    expect(value).toContain('&lt;b&gt;mugs&lt;/b&gt;');
  });

  it('takes a picture in and hands it out as what it is', async () => {
    const picture = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const sent = await call('/api/uploads', { method: 'POST', body: picture, token: customer });
    expect(sent.status).toBe(201);
    const seen = await call(sent.value.url);
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it('tells its own site, and no other, that it may read answers', async () => {
    const own = await call('/api/products', { headers: { origin: 'https://www.blueharbour.example' } });
    expect(own.headers.get('access-control-allow-origin')).toBe('https://www.blueharbour.example');
    const other = await call('/api/products', { headers: { origin: 'https://www.blueharbour.example.evil.example' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('believes a signed payment notice for five minutes, unchanged', async () => {
    const body = JSON.stringify({ type: 'payment.succeeded', orderId: 3 });
    const now = Math.floor(Date.now() / 1000);
    const notice = (seconds: number, content: string, secret = 'payment-secret-for-the-test') =>
      call('/api/webhooks/payments', {
        method: 'POST',
        body: content,
        headers: { 'x-payment-signature': paymentSignature(secret, seconds, body) },
      });
    expect((await notice(now, body)).status).toBe(200);
    expect((await notice(now - 301, body)).status).toBe(401);
    expect((await notice(now, body.replace('3', '4'))).status).toBe(401);
    expect((await notice(now, body, 'another secret')).status).toBe(401);
  });

  it('lets signed-in customers into the chat, and nobody from another site', async () => {
    const address = `${shop.url.replace('http', 'ws')}/api/chat`;
    const authorization = `Bearer ${customer}`;
    const chat = new WebSocket(address, { headers: { authorization } });
    const heard: string[] = [];
    await new Promise<void>((resolve, reject) => {
      chat.on('error', reject);
      chat.on('message', (data) => {
        heard.push(JSON.parse(data.toString()).text);
        if (heard.length === 1) chat.send('Is the tide vase back?');
        else resolve();
      });
    });
    chat.close();
    expect(heard[1]).toBe('Is the tide vase back?');
    const foreign = new WebSocket(address, { headers: { authorization, origin: 'https://evil.example' } });
    await expect(new Promise((_, reject) => foreign.on('error', reject))).rejects.toThrow('403');
  });

  it('streams a customer their own orders only', async () => {
    const stop = new AbortController();
    const answer = await fetch(new URL('/api/orders/stream', shop.url), {
      headers: { authorization: `Bearer ${customer}` },
      signal: stop.signal,
    });
    const other = await post('/api/login', { email: 'ines.okafor.3@example.com', password: PRACTICE_PASSWORD });
    await post('/api/orders', { items: [{ productId: 2, quantity: 1 }] }, other.value.token);
    const own = await post('/api/orders', { items: [{ productId: 3, quantity: 1 }] }, customer);
    let seen = '';
    for await (const part of answer.body ?? []) {
      seen += Buffer.from(part).toString();
      if (seen.includes(`id: ${own.value.id}\n`)) break;
    }
    stop.abort();
    const buyers = [...seen.matchAll(/"customerId":(\d+)/g)].map(([, id]) => id);
    expect(buyers).toEqual(['2', '2']);
  });

  it('locks one account after five wrong passwords and leaves the others alone until the address is too busy', async () => {
    const wrong = { email: 'leif.tanaka.9@example.com', password: 'wrong' };
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) statuses.push((await post('/api/login', wrong)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const { headers } = await post('/api/login', wrong);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('tokens under the hardened rules', () => {
  const rules = { secret: 'a secret', acceptUnsigned: false, acceptWithoutExpiry: false };
  const cases: Array<[string, string, boolean]> = [
    ['a fresh one', signToken({ sub: '2', exp: 1000 }, 'a secret'), true],
    ['one that has ended', signToken({ sub: '2', exp: 99 }, 'a secret'), false],
    ['one without an end', signToken({ sub: '2' }, 'a secret'), false],
    ['one with another secret', signToken({ sub: '2', exp: 1000 }, 'other'), false],
    ['one with a piece too many', `${signToken({ sub: '2', exp: 1000 }, 'a secret')}.x`, false],
    ['no token at all', 'a.b.c', false],
  ];
  it.each(cases)('%s', (_, token, good) => {
    expect(readToken(token, rules, 100) !== null).toBe(good);
  });
});
