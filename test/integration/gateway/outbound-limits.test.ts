import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startVendor } from '../../fixtures/fake-vendor.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startOutbound } from './outbound-start.ts';

const PAY = 'POST /v1/payment_intents';
const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 2, 14, 12);

const quiet = () =>
  startVendor(({ body }, response) => {
    response.statusCode = body.includes('declined') ? 402 : 200;
    response.end('{}');
  });

async function pay(port: number, key: string, body: string, type = 'application/x-www-form-urlencoded', query = '') {
  const headers = { authorization: `Bearer ${key}`, 'content-type': type };
  const answer = await fetch(`http://127.0.0.1:${port}/v1/payment_intents${query}`, { method: 'POST', headers, body });
  const text = await answer.text();
  return {
    status: answer.status,
    code: /"code":"([a-z-]+)"/.exec(text)?.[1] ?? null,
    after: answer.headers.get('retry-after'),
  };
}

const spendPerDay = { on: [PAY], most: { eur: 10_000, JPY: 500 } };

describe('calls of a day', () => {
  test('are limited, over a restart too, and begin anew with the UTC day', async () => {
    const vendor = await quiet();
    const dataDir = temporaryFolder();
    const clock = { at: NOON, now: () => clock.at };
    const entry = { limits: { perDay: 3 } };
    const first = await startOutbound(vendor, entry, { dataDir, clock });
    expect((await pay(first.own, first.shop, 'a=1')).status).toBe(200);
    expect((await pay(first.own, first.shop, 'a=1')).status).toBe(200);
    await first.gateway.drain(200);
    const next = await startOutbound(vendor, entry, { dataDir, clock });
    expect((await pay(next.own, next.shop, 'a=1')).status).toBe(200);
    expect(await pay(next.own, next.shop, 'a=1')).toEqual({ status: 429, code: 'vendor-calls-spent', after: '43200' });
    clock.at = NOON + DAY_MS;
    expect((await pay(next.own, next.shop, 'a=1')).status).toBe(200);
    // A clock that is set back by hours does not give the day before again.
    clock.at = NOON;
    for (const status of [200, 200, 429]) expect((await pay(next.own, next.shop, 'a=1')).status).toBe(status);
    expect(vendor.calls).toHaveLength(6);
  });

  test('that were refused before do not count', async () => {
    const vendor = await quiet();
    const { own, shop, partner } = await startOutbound(vendor, { limits: { perDay: 1 } });
    for (let i = 0; i < 3; i++) expect((await pay(own, partner, '')).status).toBe(403);
    expect((await pay(own, shop, '')).status).toBe(200);
    expect((await pay(own, shop, '')).status).toBe(429);
  });

  test('begin at nothing where the page of the day is damaged', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'outbound-usage.json'), '{"day":');
    const { own, shop } = await startOutbound(await quiet(), { limits: { perDay: 1 } }, { dataDir });
    expect((await pay(own, shop, '')).status).toBe(200);
    expect((await pay(own, shop, '')).status).toBe(429);
  });
});

describe('money of a day', () => {
  test('is added up by currency; what the vendor turns down is given back', async () => {
    const vendor = await quiet();
    const { own, shop, dataDir } = await startOutbound(vendor, { limits: { spendPerDay } });
    expect((await pay(own, shop, 'amount=6000&currency=eur')).status).toBe(200);
    expect((await pay(own, shop, 'amount=4000&currency=EUR&description=declined')).status).toBe(402);
    expect(await pay(own, shop, 'amount=4001&currency=eur')).toMatchObject({ status: 429, code: 'vendor-money-spent' });
    expect((await pay(own, shop, '{"amount":4000,"currency":"Eur"}', 'application/json')).status).toBe(200);
    expect((await pay(own, shop, 'amount=0&currency=eur')).status).toBe(200);
    expect((await pay(own, shop, 'amount=1&currency=eur')).status).toBe(429);
    expect((await pay(own, shop, 'amount=500&currency=jpy')).status).toBe(200);
    expect((await pay(own, shop, 'amount=1&currency=usd')).status).toBe(429);
    expect(JSON.parse(readFileSync(join(dataDir, 'outbound-usage.json'), 'utf8'))).toMatchObject({
      vendors: { stripe: { calls: 5, spent: { eur: 10_000, jpy: 500 } } },
    });
  });

  test('of calls at the same time is never counted past each other', async () => {
    const vendor = await quiet();
    const { own, shop } = await startOutbound(vendor, { limits: { spendPerDay } });
    const answers = await Promise.all(Array.from({ length: 25 }, () => pay(own, shop, 'amount=1000&currency=eur')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(vendor.calls).toHaveLength(10);
  });

  const FORM = 'application/x-www-form-urlencoded';
  test.each([
    ['no amount', 'currency=eur', FORM],
    ['no currency', 'amount=1', FORM],
    ['the amount twice', 'amount=1&amount=999999&currency=eur', FORM],
    ['the amount twice, once in brackets', 'amount=1&amount[]=999999&currency=eur', FORM],
    ['the amount twice, once in capitals', 'amount=1&AMOUNT=999999&currency=eur', FORM],
    ['the amount twice, once encoded', 'amount=1&%61mount=999999&currency=eur', FORM],
    ['the amount twice, once with a space', 'amount=1&+amount=999999&currency=eur', FORM],
    ['a negative amount', 'amount=-5&currency=eur', FORM],
    ['an exponent', 'amount=1e9&currency=eur', FORM],
    ['a hexadecimal amount', 'amount=0xffff&currency=eur', FORM],
    ['an amount with a comma', 'amount=1,5&currency=eur', FORM],
    ['a currency twice', 'amount=1&currency=eur&currency=usd', FORM],
    ['JSON with the amount twice', '{"amount":1,"amount":999999,"currency":"eur"}', 'application/json'],
    ['JSON with a list', '{"amount":[1],"currency":"eur"}', 'application/json'],
    ['JSON with a negative amount', '{"amount":-1,"currency":"eur"}', 'application/json'],
    ['JSON that is none', '{"amount":1', 'application/json'],
    ['another type', 'amount=1&currency=eur', 'text/plain'],
    ['parts', '--b\r\n\r\n--b--', 'multipart/form-data; boundary=b'],
    ['the amount in the address as well', 'amount=1&currency=eur', FORM, '?amount=999999'],
  ])('that cannot be read for sure is not spent: %s', async (_name, body, type, query = '') => {
    const vendor = await quiet();
    const { own, shop } = await startOutbound(vendor, { limits: { spendPerDay } });
    expect(await pay(own, shop, body, type, query)).toMatchObject({ status: 422, code: 'vendor-amount-unclear' });
    expect(vendor.calls).toEqual([]);
  });

  test('without a currency field is one sum', async () => {
    const { own, shop } = await startOutbound(await quiet(), {
      limits: { spendPerDay: { on: [PAY], amount: 'price.total', most: 10 } },
    });
    expect((await pay(own, shop, 'price[total]=9.5')).status).toBe(200);
    expect((await pay(own, shop, '{"price":{"total":0.6}}', 'application/json')).status).toBe(429);
    expect((await pay(own, shop, '{"price":{"total":0.5}}', 'application/json')).status).toBe(200);
  });
});
