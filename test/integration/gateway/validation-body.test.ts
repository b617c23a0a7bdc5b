import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sendRaw, statusesOf } from './raw.ts';
import { problemOf, shop } from './validated-shop.ts';

describe('a body that must fit', () => {
  it('passes byte for byte, whole or in chunks', async () => {
    const { post, upstream, gateway } = await shop();
    const body = '{ "customer":  42,\n"items": [ {"count":1e0,"note":"\\u00e9é🏺"} ], "more": {"x":[]}}';
    expect(await (await post('/orders', body)).text()).toBe(body);
    expect(await (await post('/orders', body, 'application/merge-patch+json; charset=UTF-8')).text()).toBe(body);
    expect(upstream.requests[0]?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    const head =
      'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    const chunked = await sendRaw(gateway.port, `${head}5\r\n{"cus\r\nb\r\ntomer":  7}\r\n0\r\n\r\n`);
    expect(statusesOf(chunked.text)).toEqual([200]);
    expect(chunked.text).toContain('{"customer":  7}');
    const bad = await sendRaw(gateway.port, `${head}5\r\n{"cus\r\nb\r\ntomer":"7"}\r\n0\r\n\r\n`);
    expect(statusesOf(bad.text)).toEqual([422]);
  });

  it('is refused with each place and plain words, and neither answer nor record holds a value', async () => {
    const { post, upstream, lastEvent, gateway } = await shop();
    const secret = 'nl_secret_value';
    const items = [{ count: 1 }, { count: 0 }, { count: 2, note: secret }, { note: 'x', [`field-${secret}`]: 1 }];
    const response = await post('/orders', JSON.stringify({ customer: secret, items }));
    expect(response.status).toBe(422);
    const problem = await problemOf(response);
    expect(problem.code).toBe('input-invalid');
    expect(problem.faults).toEqual([
      { place: 'body.customer', message: 'must be a whole number' },
      { place: 'body.items[1].count', message: 'must be 1 or more' },
      { place: 'body.items[2].note', message: 'must have at most 5 characters' },
      { place: 'body.items[3].count', message: 'is missing' },
      { place: `body.items[3].field-${secret}`, message: 'is not expected here' },
    ]);
    expect(lastEvent()).toMatchObject({
      status: 422,
      decisions: [
        {
          policy: 'validate',
          decision: 'deny',
          code: 'input-invalid',
          detail:
            'body.customer: type; body.items[1].count: minimum; body.items[2].note: maxLength; body.items[3].count: required; body.items[3].{…}: additionalProperties',
        },
      ],
    });
    expect(JSON.stringify(gateway.events())).not.toContain(secret);
    expect(upstream.requests).toEqual([]);
  });

  it('tells at most twenty faults, and of a large body the first', async () => {
    const { post } = await shop();
    const wrong = (n: number) =>
      JSON.stringify({ customer: 1, items: Array.from({ length: n }, () => ({ count: 0 })) });
    expect((await problemOf(await post('/orders', wrong(50)))).faults).toHaveLength(20);
    expect((await problemOf(await post('/orders', wrong(5_000)))).faults).toHaveLength(1);
  });

  it.each([
    ['broken JSON', '{"customer":', 400, 'body-malformed'],
    ['a name twice', '{"customer":1,"customer":2}', 400, 'body-malformed'],
    ['a name twice, escaped', '{"customer":1,"c\\u0075stomer":2}', 400, 'body-malformed'],
    ['a name twice, deep inside', '{"customer":1,"x":[{"a:":":","a:":1}]}', 400, 'body-malformed'],
    ['a reserved name', '{"customer":1,"__proto__":{"admin":true}}', 400, 'body-malformed'],
    ['nesting beyond 64', `{"customer":1,"x":${'['.repeat(64)}${']'.repeat(64)}}`, 400, 'body-malformed'],
    ['a byte order mark', '\ufeff{"customer":1}', 400, 'body-malformed'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'body-malformed'],
    ['nothing', '', 422, 'input-invalid'],
    ['null', 'null', 422, 'input-invalid'],
    ['nesting up to 64', `{"customer":1,"x":${'['.repeat(63)}${']'.repeat(63)}}`, 200, ''],
  ])('%s: %#', async (_, body, status, code) => {
    const { post } = await shop();
    const response = await post('/orders', body);
    expect(response.status).toBe(status);
    if (code !== '') expect((await problemOf(response)).code).toBe(code);
  });

  it.each([
    ['text', 'text/plain', {}],
    ['XML', 'application/xml', {}],
    ['another charset', 'application/json; charset=utf-16le', {}],
    ['no type', '', {}],
    ['a compressed body', 'application/json', { 'Content-Encoding': 'gzip' }],
  ])('415 for %s', async (_, type, headers) => {
    const { post, upstream } = await shop();
    const response = await post('/orders', gzipSync('{"customer":1}'), type, headers);
    expect([response.status, (await problemOf(response)).code]).toEqual([415, 'body-type-unsupported']);
    expect(upstream.requests).toEqual([]);
  });

  it('is not asked of a GET, and is of a POST', async () => {
    const { call } = await shop();
    expect((await call('/orders')).status).toBe(200);
    const response = await call('/orders', { method: 'POST' });
    expect([response.status, (await problemOf(response)).faults]).toEqual([
      422,
      [{ place: 'body', message: 'is missing' }],
    ]);
  });

  it('may be a form, whose texts are read as the fields say', async () => {
    const { post, upstream } = await shop();
    const form = 'application/x-www-form-urlencoded';
    const good = 'email=ann%40shop.example&name=O%27Brien+%E6%9D%8E&age=18&born=';
    expect(await (await post('/contact', good, form)).text()).toBe(good);
    expect((await post('/contact', '{"email":"a@b.de","age":18}')).status).toBe(200);
    const bad = await problemOf(await post('/contact', 'email=a%40b.de&email=x&name=%3Cb%3E&age=17&admin=1', form));
    expect(bad.faults).toEqual([
      { place: 'body.email', message: 'was sent more than once' },
      { place: 'body.admin', message: 'is not expected here' },
      { place: 'body.name', message: 'does not have the expected form' },
      { place: 'body.age', message: 'must be 18 or more' },
    ]);
    expect((await post('/contact', '{"email":"a@b.de","age":"18"}')).status).toBe(422);
    expect(upstream.requests.length).toBe(2);
  });

  it('may be a form with files, which count and are not looked into', async () => {
    const { post } = await shop();
    const form = (...parts: string[]) =>
      `${parts.map((part) => `--X\r\nContent-Disposition: form-data; ${part}\r\n`).join('')}--X--\r\n`;
    const type = 'multipart/form-data; boundary=X';
    const email = 'name="email"\r\n\r\na@b.de';
    const good = form(email, 'name="age"\r\n\r\n18');
    expect(await (await post('/contact', good, type)).text()).toBe(good);
    const bad = form(email, 'name="age"\r\n\r\n17', 'name="cv"; filename="a.pdf"\r\n\r\n%PDF');
    expect((await problemOf(await post('/contact', bad, type))).faults).toEqual([
      { place: 'body.cv', message: 'is not expected here' },
      { place: 'body.age', message: 'must be 18 or more' },
    ]);
    const many = form(email, ...Array.from({ length: 300 }, (_, i) => `name="x${i}"\r\n\r\n`));
    expect((await post('/contact', many, type)).status).toBe(400);
  });
});
