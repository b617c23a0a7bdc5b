import { once } from 'node:events';
import { request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../fixtures/free-port.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { basic, bearer, credentialsShop, key, narrowKey, PASSWORD, SECRET_ENV } from './credentials-shop.ts';

type Shop = Awaited<ReturnType<typeof credentialsShop>>;

/** An open event stream, and when it ended. */
async function stream({ gateway, certificates }: Shop, headers: Record<string, string>, certificate?: string) {
  const call = request({
    ...{ port: gateway.port, host: '127.0.0.1', path: '/live', agent: false, rejectUnauthorized: false },
    headers: { Accept: 'text/event-stream', ...headers },
    ...(certificate === undefined ? {} : certificates[certificate]),
  }).end();
  const [answer] = await once(call, 'response');
  let ended = false;
  answer.on('error', () => {}).on('close', () => (ended = true));
  answer.resume();
  return { status: answer.statusCode as number, ended: () => ended };
}

/** A TLS connection on which several requests can be made; `session` resumes an earlier one. */
async function dial({ gateway, certificates }: Shop, certificate: string, session?: Buffer, maxVersion?: 'TLSv1.2') {
  const socket = connect({
    ...{ port: gateway.port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false },
    ...certificates[certificate],
    ...(session === undefined ? {} : { session }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
  });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  let last: Buffer | undefined;
  socket.on('session', (next: Buffer) => {
    last = next;
  });
  await once(socket, 'secureConnect');
  return { socket, session: () => last };
}

async function askOn(socket: TLSSocket, path = '/mtls'): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  return /HTTP\/1.1 (\d+)/.exec(String(data))?.[1] ?? '';
}

describe('user names and passwords', () => {
  it('let a consumer in, and the upstream hears who it is and never the password', async () => {
    const { call, upstream, gateway } = await credentialsShop();
    for (let i = 0; i < 3; i++) expect((await call('/basic', basic('till', PASSWORD))).status).toBe(200);
    expect((await call('/every', basic('till', PASSWORD))).status).toBe(200);
    expect((await call('/key-or-password', { ...basic('till', PASSWORD), 'X-API-Key': key.secret })).status).toBe(200);
    for (const { headers } of upstream.requests) {
      expect(headers).toMatchObject({ 'x-nightlatch-consumer': 'till' });
      expect(headers.authorization ?? headers['x-api-key']).toBeUndefined();
    }
    expect(gateway.events()[0]).toMatchObject({ consumer: 'till', user: 'till', key: null, status: 200 });
    expect(JSON.stringify(gateway.events())).not.toContain(PASSWORD);
    expect(JSON.stringify(gateway.events())).not.toMatch(/argon2|scrypt|Basic /);
  });

  it('are asked for by name, and beside keys by both', async () => {
    const { call } = await credentialsShop();
    expect((await call('/basic')).headers['www-authenticate']).toBe('Basic realm="api", charset="UTF-8"');
    expect((await call('/key-or-password')).headers['www-authenticate']).toBe(
      'Bearer realm="api", Basic realm="api", charset="UTF-8"',
    );
  });

  it('that are wrong cannot be told from users who are not there by time, and good ones cost a look-up', async () => {
    const { call } = await credentialsShop();
    const took = async (user: string, password: string) => {
      const started = performance.now();
      await call('/basic', basic(user, password));
      return performance.now() - started;
    };
    const times: { wrong: number[]; nobody: number[]; good: number[] } = { wrong: [], nobody: [], good: [] };
    await took('till', PASSWORD);
    const least = (list: number[]) => Math.min(...list);
    const ratio = () => least(times.nobody) / least(times.wrong);
    const isAlike = () => ratio() > 0.6 && ratio() < 1.6;
    // The least of many: a busy machine only ever makes one slower, and a true difference stays however many there are.
    for (let i = 0; i < 8 || (i < 40 && !isAlike()); i++) {
      times.wrong.push(await took('till', `wrong ${i}`));
      times.nobody.push(await took('nobody', `wrong ${i}`));
      times.good.push(await took('till', PASSWORD));
    }
    expect(ratio()).toBeGreaterThan(0.6);
    expect(ratio()).toBeLessThan(1.6);
    expect(least(times.good)).toBeLessThan(least(times.wrong));
  });

  it('in a flood are turned away, others meanwhile get their turn, and remembered ones are let in', async () => {
    const { call, calls } = await credentialsShop();
    expect((await call('/basic', basic('till', PASSWORD))).status).toBe(200);
    const flood = Array.from({ length: 60 }, (_, i) => call('/basic', basic('till', `guess ${i}`)));
    await wait(50);
    const remembered = call('/basic', basic('till', PASSWORD));
    const codes = (await Promise.all(flood)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'sign-in-busy').length).toBeGreaterThan(30);
    expect(codes.filter((code) => code === 'password-invalid').length).toBeGreaterThanOrEqual(8);
    expect((await remembered).status).toBe(200);
    const busy = calls().find(({ code }) => code === 'sign-in-busy');
    expect(busy).toMatchObject({
      status: 503,
      decisions: [{ detail: 'too many passwords are waiting to be checked' }],
    });
  });

  it('that a new configuration no longer knows are refused at once, and their streams end', async () => {
    const shop = await credentialsShop();
    const open = await stream(shop, basic('till', PASSWORD));
    expect(open.status).toBe(200);
    const [till, ...others] = shop.config.consumers;
    const bought = till?.basic?.filter(({ username }) => username === 'old') ?? [];
    await shop.gateway.apply({ ...shop.config, consumers: [{ ...till, name: 'till', basic: bought }, ...others] });
    await waitUntil(open.ended);
    expect(shop.calls().find(({ path }) => path === '/live')).toMatchObject({ code: 'password-invalid' });
    expect(await shop.call('/basic', basic('till', PASSWORD))).toMatchObject({ status: 401, code: 'password-invalid' });
  });
});

describe('access tokens', () => {
  it('are asked about once while the answer holds, however many ask at once', async () => {
    const { call, introspection, upstream, gateway, active } = await credentialsShop();
    introspection.tokens['opaque-1'] = active;
    introspection.delayMs = 50;
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('/oauth2', bearer('opaque-1'))));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await call('/every', bearer('opaque-1'))).status).toBe(200);
    expect(introspection.asked).toEqual(['opaque-1']);
    expect(upstream.requests[0]?.headers).toMatchObject({
      'x-nightlatch-consumer': 'ann',
      'x-nightlatch-scopes': 'orders:read',
    });
    expect(upstream.requests[0]?.headers.authorization).toBeUndefined();
    expect(gateway.events()[0]).toMatchObject({ consumer: expect.stringMatching(/^oauth2:[0-9a-f]{16}$/) });
    for (let i = 0; i < 3; i++) expect((await call('/oauth2', bearer('made-up'))).status).toBe(401);
    expect(introspection.asked).toEqual(['opaque-1', 'made-up']);
  });

  it('go to their own judge: signed ones of a known issuer are verified, the rest is asked about', async () => {
    const { call, introspection, issuer, active } = await credentialsShop();
    const foreign = issuer.token({ iss: 'https://as.example' });
    introspection.tokens[foreign] = active;
    expect((await call('/tokens', bearer(issuer.token()))).status).toBe(200);
    expect(introspection.asked).toEqual([]);
    expect((await call('/tokens', bearer(foreign))).status).toBe(200);
    expect(introspection.asked).toEqual([foreign]);
  });

  it.each([
    ['an error', { status: 500, body: '' }],
    ['no JSON', { status: 200, body: '<html>' }],
    ['an answer that says nothing', { status: 200, body: '{"active":"true"}' }],
    ['too long an answer', { status: 200, body: `{"active":true,"x":"${'x'.repeat(70_000)}"}` }],
    ['a redirect', { status: 302, body: '' }],
  ])('are refused with 503 on %s, and let in when the server is back', async (_, odd) => {
    const { call, introspection, active } = await credentialsShop();
    introspection.tokens['opaque-1'] = active;
    introspection.odd = odd;
    const refused = await call('/oauth2', bearer('opaque-1'));
    expect([refused.status, refused.code, refused.headers['retry-after']]).toEqual([503, 'issuer-unreachable', '30']);
    introspection.odd = null;
    expect((await call('/oauth2', bearer('opaque-1'))).status).toBe(200);
  });

  it('cannot flood the authorization server', async () => {
    const { call, introspection } = await credentialsShop();
    introspection.delayMs = 2_500;
    const codes = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => (await call('/oauth2', bearer(`guess-${i}`))).code),
    );
    expect(introspection.asked).toHaveLength(32);
    expect(codes.filter((code) => code === 'sign-in-busy')).toHaveLength(28);
  });

  it('end their streams when the server has withdrawn them', { timeout: 20_000 }, async () => {
    const shop = await credentialsShop();
    const [server] = shop.config.oauth2.introspection;
    if (server === undefined) throw new Error('no server');
    await shop.gateway.apply({ ...shop.config, oauth2: { introspection: [{ ...server, cache: '1s' }] } });
    shop.introspection.tokens['opaque-1'] = shop.active;
    const open = await stream(shop, bearer('opaque-1'));
    expect(open.status).toBe(200);
    delete shop.introspection.tokens['opaque-1'];
    await waitUntil(open.ended);
    expect(shop.calls().find(({ path }) => path === '/live')).toMatchObject({ code: 'token-invalid' });
  });

  it('need the secret of the gateway: without it nobody is asked, and they are answered with 503 until it is back', async () => {
    const { gateway, config, call, introspection, active } = await credentialsShop();
    introspection.tokens['opaque-1'] = active;
    delete process.env[SECRET_ENV];
    await gateway.apply(config);
    expect(await call('/oauth2', bearer('opaque-1'))).toMatchObject({ status: 503, code: 'issuer-unreachable' });
  });
});

describe('client certificates', () => {
  it('let in whom their names stand for, by alternative names or by the whole subject', async () => {
    const { call, upstream, gateway } = await credentialsShop();
    expect((await call('/mtls', {}, 'till')).status).toBe(200);
    expect((await call('/mtls', {}, 'other')).status).toBe(200);
    expect(gateway.events().slice(0, 2)).toMatchObject([
      { consumer: 'till', user: expect.stringContaining('CN=') },
      { consumer: 'other', user: 'CN=other, O=Shop' },
    ]);
    expect((await call('/every', {}, 'till')).status).toBe(200);
    expect((await call('/every', { 'X-API-Key': key.secret }, 'till')).status).toBe(200);
    expect(upstream.requests.map(({ headers }) => headers['x-nightlatch-consumer'])).toEqual([
      'till',
      'other',
      'till',
      'till',
    ]);
    expect((await call('/every', { 'X-API-Key': key.secret }, 'other')).code).toBe('credential-ambiguous');
  });

  it('and keys together give the scopes that both give', async () => {
    const { call, upstream } = await credentialsShop();
    expect((await call('/cert-and-key', { 'X-API-Key': key.secret }, 'till')).status).toBe(200);
    expect((await call('/cert-and-key', { 'X-API-Key': narrowKey.secret }, 'till')).status).toBe(200);
    expect(upstream.requests.map(({ headers }) => headers['x-nightlatch-scopes'])).toEqual([
      'orders:read orders:pay',
      'orders:read',
    ]);
  });

  it('and a token that names the same consumer are one caller', async () => {
    const { call, introspection, upstream, active } = await credentialsShop();
    introspection.tokens['for-till'] = { ...active, sub: 'till' };
    expect((await call('/cert-and-token', bearer('for-till'), 'till')).status).toBe(200);
    expect(upstream.requests[0]?.headers['x-nightlatch-consumer']).toBe('till');
    expect((await call('/oauth2', bearer('for-till'))).code).toBe('token-invalid');
  });

  it.each([undefined, 'TLSv1.2'] as const)('are verified on resumed sessions too (%s)', async (version) => {
    const shop = await credentialsShop();
    const first = await dial(shop, 'other', undefined, version);
    expect(await askOn(first.socket)).toBe('200');
    const session = await waitUntil(() => first.session());
    const second = await dial(shop, 'other', session, version);
    expect(second.socket.isSessionReused()).toBe(true);
    expect(await askOn(second.socket)).toBe('200');
    shop.clients.revoke('other');
    // The list is looked at every second; open connections end with the old one, and so do its sessions.
    await Promise.all([first, second].map(({ socket }) => once(socket, 'close')));
    const third = await dial(shop, 'other', session, version);
    expect(third.socket.isSessionReused()).toBe(false);
    expect(await askOn(third.socket)).toBe('403');
    expect(shop.calls().at(-1)?.decisions).toMatchObject([{ detail: 'CERT_REVOKED' }]);
    expect((await shop.call('/mtls', {}, 'till')).status).toBe(200);
  });

  it('that are revoked or stand for nobody any more end their streams', { timeout: 15_000 }, async () => {
    const shop = await credentialsShop();
    const byList = await stream(shop, {}, 'other');
    expect(byList.status).toBe(200);
    shop.clients.revoke('other');
    await waitUntil(byList.ended);
    const byConfig = await stream(shop, {}, 'till');
    expect(byConfig.status).toBe(200);
    const [till, ...others] = shop.config.consumers;
    await shop.gateway.apply({ ...shop.config, consumers: [{ ...till, name: 'till', certificates: [] }, ...others] });
    await waitUntil(byConfig.ended);
    const ended = shop.calls().filter(({ path }) => path === '/live');
    expect(ended.map(({ code }) => code)).toEqual(['certificate-invalid', 'certificate-invalid']);
  });

  it('are asked for as soon as the configuration says so, and no longer when it does not', async () => {
    const shop = await credentialsShop();
    const { clientCertificates: _, ...server } = shop.config.server;
    shop.gateway.port = await freePort();
    const listen = [`127.0.0.1:${shop.gateway.port}`];
    const services = shop.config.services.map((service) => ({
      ...service,
      routes: [{ match: { path: '/*' }, auth: 'required' as const }],
    }));
    await shop.gateway.apply({ ...shop.config, services, server: { ...server, listen } });
    expect((await shop.call('/mtls', {}, 'till')).code).toBe('key-missing');
    await shop.gateway.apply({ ...shop.config, services, server: { ...shop.config.server, listen } });
    expect((await shop.call('/mtls', {}, 'till')).status).toBe(200);
    await shop.gateway.apply({ ...shop.config, services, server: { ...server, listen } });
    expect((await shop.call('/mtls', {}, 'till')).code).toBe('key-missing');
  });

  it('of an authority that cannot be read are no configuration', async () => {
    const { gateway, config, clients } = await credentialsShop();
    const withFiles = (clientCertificates: { ca: string; crl?: string }) =>
      gateway.apply({ ...config, server: { ...config.server, clientCertificates } });
    await expect(withFiles({ ca: '/nowhere/ca.pem' })).rejects.toMatchObject({ code: 'client-ca-unreadable' });
    await expect(withFiles({ ca: clients.crlFile })).rejects.toMatchObject({ code: 'client-ca-malformed' });
    await expect(withFiles({ ca: clients.caFile, crl: clients.caFile })).rejects.toMatchObject({
      code: 'client-ca-malformed',
    });
  });
});
