import { describe, expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from '../gateway/start-gateway.ts';

/** X-Forwarded-For spoofing. Log-ins are guarded by default; nobody escapes that by inventing addresses. */
async function logIns(trustedProxies: string[]) {
  const upstream = await startUpstream((request, response) => request.resume().on('end', () => response.end('in')));
  const gateway = await startGateway({
    server: { trustedProxies },
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [{ match: { path: '/login', methods: ['POST'] }, auth: 'none' }],
      },
    ],
  });
  let account = 0;
  const attempt = async (forwardedFor: string) => {
    // Another account each time: what is looked at here is the address alone.
    const body = JSON.stringify({ email: `user${account++}@shop.example`, password: 'x' });
    const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': forwardedFor };
    return (await fetch(`${gateway.url}/login`, { method: 'POST', headers, body })).status;
  };
  const attempts = async (values: string[]) => {
    const counts = new Map<number, number>();
    for (const value of values) {
      const status = await attempt(value);
      counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    return Object.fromEntries(counts);
  };
  return { gateway, upstream, attempts };
}

const many = (value: (i: number) => string, count = 200) => Array.from({ length: count }, (_, i) => value(i));
const octets = (i: number) => `${i >> 8}.${i & 255}`;

describe('X-Forwarded-For', () => {
  it('rotated over 200 log-ins from an untrusted peer still gets 429', async () => {
    const { upstream, attempts } = await logIns([]);
    expect(await attempts(many((i) => `203.0.${octets(i)}`))).toEqual({ 200: 5, 429: 195 });
    expect(upstream.requests).toHaveLength(5);
  });

  it('from a trusted peer: the rightmost untrusted address counts, whatever stands to its left', async () => {
    const { gateway, attempts } = await logIns(['127.0.0.1', '10.0.0.0/8']);
    const spoofed = many((i) => `203.0.${octets(i)}, 198.51.100.7, 10.1.${octets(i)}`);
    expect(await attempts(spoofed)).toEqual({ 200: 5, 429: 195 });
    expect(gateway.events().every((event) => 'address' in event && event.address === '198.51.100.7')).toBe(true);
    expect(await attempts(['203.0.113.1, 198.51.100.8'])).toEqual({ 200: 1 });
  });

  it.each<[string, (i: number) => string]>([
    ['empty', (i) => ' '.repeat(i % 3)],
    ['commas alone', (i) => ','.repeat(i % 9)],
    ['no address', (i) => `unknown, _hidden${i}`],
    ['an address with a number too many', (i) => `1.2.3.4.${i}`],
    ['an address out of range', (i) => `203.0.113.${256 + i}`],
    ['octal', (i) => `0203.0.113.0${i}`],
    ['IPv6 with a zone', (i) => `fe80::1%eth${i}`],
    ['IPv6 with a zone, in brackets', (i) => `[fe80::1%25eth${i}]:443`],
    [
      'IPv4 within IPv6, in another spelling each time',
      (i) => ['::ffff:198.51.100.9', '::FFFF:c633:6409'][i % 2] ?? '',
    ],
    ['with a port', (i) => `198.51.100.9:${1024 + i}`],
  ])('%s from a trusted peer: nobody gets a count of their own by it', async (_, value) => {
    const { attempts } = await logIns(['127.0.0.1']);
    expect(await attempts(many(value, 40))).toEqual({ 200: 5, 429: 35 });
  });
});
