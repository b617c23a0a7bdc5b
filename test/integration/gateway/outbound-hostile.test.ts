import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startVendor } from '../../fixtures/fake-vendor.ts';
import { STRIPE_KEY, startOutbound } from './outbound-start.ts';
import { sendRaw, statusesOf } from './raw.ts';

type Case = {
  name: string;
  head: string[];
  body?: string;
  own?: boolean;
  key?: boolean;
  host?: string;
  status: number;
  code?: string;
  reaches?: string;
  without?: string[];
};

const cases = parse(readFileSync(new URL('testdata/outbound-hostile.yaml', import.meta.url), 'utf8')) as Case[];

describe('hostile calls at the vendors’ door', () => {
  test('the table is whole', () => expect(cases).toHaveLength(54));

  test('each gets its answer, and nothing reaches the vendor that may not', async () => {
    const vendor = await startVendor((_call, response) => void response.end('{}'));
    const { own, shared, shop, partner, events } = await startOutbound(vendor);
    const fill = (text: string) =>
      text
        .replaceAll('{KEY}', shop)
        .replaceAll('{PARTNER}', partner)
        .replaceAll('{VENDOR64}', Buffer.from(`${STRIPE_KEY}:`).toString('base64'))
        .replaceAll('{VENDOR}', STRIPE_KEY);
    const wrong: unknown[] = [];
    for (const hostile of cases) {
      const before = vendor.calls.length;
      const [line = '', ...fields] = hostile.head.map(fill);
      const lines = [line, `Host: ${hostile.host ?? '127.0.0.1'}`, ...fields];
      if (hostile.key === true) lines.push(`Authorization: Bearer ${shop}`);
      const request = `${lines.join('\r\n')}\r\n\r\n${hostile.body ?? ''}`;
      const { text } = await sendRaw(hostile.own === true ? own : shared, request, 120);
      const arrived = vendor.calls.slice(before);
      const got = {
        status: statusesOf(text)[0],
        code: hostile.code === undefined ? undefined : /"code":"([a-z-]+)"/.exec(text)?.[1],
        reached: arrived.map(({ method, url }) => `${method} ${url}`),
        carried: arrived.flatMap(({ headers }) =>
          Object.keys(headers).filter((name) => hostile.without?.some((part) => name.includes(part))),
        ),
        key: arrived.every(({ headers }) => headers.authorization === `Bearer ${STRIPE_KEY}`),
        host: arrived.every(({ headers }) => headers.host === vendor.host),
        leaks: text.includes(STRIPE_KEY) || JSON.stringify(arrived).includes(shop),
      };
      const wanted = {
        ...{
          status: hostile.status,
          code: hostile.code,
          reached: hostile.reaches === undefined ? [] : [hostile.reaches],
        },
        ...{ carried: [], key: true, host: true, leaks: false },
      };
      if (JSON.stringify(got) !== JSON.stringify(wanted)) wrong.push({ name: hostile.name, got, wanted });
    }
    expect(wrong).toEqual([]);
    const all = events();
    expect(all.length).toBeGreaterThanOrEqual(cases.length);
    expect(all.every((event) => event.type === 'request' && event.direction === 'outbound')).toBe(true);
  }, 60_000);
});
