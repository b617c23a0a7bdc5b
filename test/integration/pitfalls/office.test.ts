import { describe, expect, it } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { keyFor, startGateway } from '../gateway/start-gateway.ts';

const PEOPLE = 30;
const keys = Array.from({ length: PEOPLE }, (_, i) => keyFor(`k${i}`));

/** Whole office behind one address limited (bunkerweb#2921): limits count by consumer and by field as well. */
async function office() {
  const upstream = await startUpstream((request, response) => request.resume().on('end', () => response.end('ok')));
  const gateway = await startGateway({
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [
          { match: { path: '/orders' }, rateLimit: [{ key: 'consumer', quota: 10, window: '60s' }] },
          {
            match: { path: '/reset-password', methods: ['POST'] },
            auth: 'none',
            loginProtection: 'off',
            rateLimit: [{ key: 'body.email', quota: 3, window: '60s' }],
          },
          {
            match: { path: '/login', methods: ['POST'] },
            auth: 'none',
            loginProtection: { perAddress: 200, perAccount: 5 },
          },
        ],
      },
    ],
    consumers: keys.map((key, i) => ({ name: `person-${i}`, keys: [key.config] })),
    bans: { mode: 'enforce', attempts: 3 },
  });
  const post = async (path: string, email: string) => {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch(gateway.url + path, { method: 'POST', headers, body: JSON.stringify({ email }) })).status;
  };
  const read = async (secret: string) =>
    (await fetch(`${gateway.url}/orders`, { headers: { 'X-API-Key': secret } })).status;
  return { gateway, post, read };
}

const times = async (count: number, ask: () => Promise<number>) => {
  const statuses: number[] = [];
  for (let i = 0; i < count; i++) statuses.push(await ask());
  return statuses;
};

describe('thirty people behind one address', () => {
  it('each have their own limit by consumer: who asks too much is alone in being refused, and nobody is banned', async () => {
    const { gateway, read } = await office();
    const [noisy, ...others] = keys;
    expect((await times(60, () => read(noisy?.secret ?? ''))).filter((status) => status === 429)).toHaveLength(50);
    for (const other of others) expect(await times(10, () => read(other.secret))).toEqual(Array(10).fill(200));
    expect(gateway.gateway.bans()).toEqual([]);
  });

  it('each have their own limit by a field of the body', async () => {
    const { post } = await office();
    expect(await times(5, () => post('/reset-password', 'a@x'))).toEqual([200, 200, 200, 429, 429]);
    for (let i = 0; i < PEOPLE; i++) expect(await post('/reset-password', `person${i}@x`)).toBe(200);
  });

  it('can all log in in the same minute where the route says so, and each account is guarded all the same', async () => {
    const { post } = await office();
    for (let i = 0; i < PEOPLE; i++) expect(await post('/login', `person${i}@x`)).toBe(200);
    expect(await times(7, () => post('/login', 'victim@x'))).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });
});
