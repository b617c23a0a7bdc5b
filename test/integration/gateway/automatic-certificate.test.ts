import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { startAdminListener } from '../../../src/gateway/index.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { type Pebble, type PebbleOptions, startPebble } from '../../fixtures/pebble.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startGateway } from './start-gateway.ts';

type Server = NonNullable<GatewayConfig['server']>;
type Acme = NonNullable<Server['acme']>;
type Options = {
  acme?: Acme;
  pebble?: Partial<PebbleOptions>;
  hostnames?: string[];
  redirect?: false;
  setting?: object;
};

/** A real authority, and where a gateway would have to listen for it. */
async function setUp({ pebble: more = {} }: Options = {}) {
  const [httpPort, tlsPort] = await Promise.all([freePort(), freePort()]);
  const pebble = await startPebble({ httpPort, tlsPort, ...more });
  return { pebble, httpPort, tlsPort, dataDir: temporaryFolder() };
}

type Setting = Awaited<ReturnType<typeof setUp>>;

async function open({ pebble, httpPort, tlsPort, dataDir }: Setting, options: Options = {}) {
  const upstream = await startUpstream();
  const lines: string[] = [];
  const config = (server: Server = {}) => ({
    server: {
      listen: [`127.0.0.1:${tlsPort}`, ...(options.redirect === false ? [] : [`http://127.0.0.1:${httpPort}`])],
      https: 'auto' as const,
      hostnames: options.hostnames ?? ['localhost'],
      acme: { termsAccepted: true, directory: pebble.directory, ...options.acme },
      ...server,
    },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' as const }] }],
  });
  const gateway = await startGateway(config(), {
    dataDir,
    logger: createLogger('gateway', { write: (line: string) => void lines.push(line) }),
    acme: { httpPort, firstRetryMs: 500, ...options.setting },
  });
  const admin = await startAdminListener(gateway.gateway, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => admin.close());
  return { ...gateway, config, upstream, lines, admin: admin.address };
}

async function dial(port: number, more: Record<string, unknown> = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ALPNProtocols: ['http/1.1'], ...more });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  return socket;
}

/** A connection that was made once the gateway had a certificate that the authority's root vouches for. */
const trusted = (pebble: Pebble, port: number): Promise<TLSSocket> =>
  waitUntil(async () => dial(port, { ca: await pebble.root() }), 30_000);

async function ask(socket: TLSSocket): Promise<string> {
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return String((await once(socket, 'data'))[0]);
}

describe('an automatic certificate', () => {
  it('is had by http-01, kept for its user alone, and served again after a restart without asking', async () => {
    const setting = await setUp();
    const gateway = await open(setting, { acme: { email: 'owner@shop.example' } });
    const socket = await trusted(setting.pebble, setting.tlsPort);
    const shown = socket.getPeerX509Certificate();
    expect(await ask(socket)).toMatch(/^HTTP\/1\.1 200 /);
    expect(shown?.subjectAltName).toBe('DNS:localhost');
    const folder = join(setting.dataDir, 'acme');
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toHaveLength(3);
    const ready = await fetch(`${gateway.admin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, revision: 1 }]);
    const metrics = await (await fetch(`${gateway.admin}/metrics`)).text();
    expect(Number(/^nightlatch_certificate_expiry_seconds (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(86_400);
    expect(metrics).toContain('nightlatch_certificate_awaited 0');
    // The authority's look stands in the record and never reached the application.
    expect(gateway.upstream.requests).toHaveLength(1);
    expect(gateway.events()).toContainEqual(
      expect.objectContaining({ status: 200, route: null, path: expect.stringContaining('acme-challenge') }),
    );

    await gateway.gateway.drain(100);
    await setting.pebble.stop();
    await open(setting);
    const again = await dial(setting.tlsPort, { rejectUnauthorized: false });
    expect(again.getPeerX509Certificate()?.fingerprint256).toBe(shown?.fingerprint256);
  });

  it.each([1, 2, 3].map((n) => [n]))('comes although the authority refuses half of all good nonces (%i)', async () => {
    const setting = await setUp({ pebble: { rejectNonces: 50 } });
    await open(setting);
    expect(await ask(await trusted(setting.pebble, setting.tlsPort))).toContain('200 OK');
  });

  it('is had by tls-alpn-01 where nothing listens for plain HTTP', async () => {
    const setting = await setUp();
    const gateway = await open(setting, { redirect: false });
    expect(await ask(await trusted(setting.pebble, setting.tlsPort))).toContain('200 OK');
    expect(gateway.gateway.snapshot()?.server.acme?.challenges).toEqual(['tls-alpn-01']);
    // Shown while an order is under way only.
    await expect(dial(setting.tlsPort, { ALPNProtocols: ['acme-tls/1'] })).rejects.toMatchObject({
      code: expect.stringContaining('NO_APPLICATION_PROTOCOL'),
    });
  });

  it('is had by dns-01 with a program of the owner’s', async () => {
    const setting = await setUp();
    const { dataDir, pebble } = setting;
    mkdirSync(join(dataDir, 'hooks'));
    const hook = join(dataDir, 'hooks', 'my-dns.mjs');
    copyFileSync(join(import.meta.dirname, 'testdata', 'dns-hook.mjs'), hook);
    chmodSync(hook, 0o700);
    writeFileSync(join(dataDir, 'hooks', 'url'), pebble.dnsUrl);
    await open(setting, { acme: { dnsHook: 'my-dns.mjs' }, redirect: false });
    expect(await ask(await trusted(pebble, setting.tlsPort))).toContain('200 OK');
    const calls = readFileSync(join(dataDir, 'hooks', 'calls'), 'utf8');
    expect(calls).toBe('add _acme-challenge.localhost HOME,PATH\nremove _acme-challenge.localhost HOME,PATH\n');
  });

  it('is renewed in time, and no connection is dropped for it', async () => {
    const setting = await setUp({ pebble: { life: 12 } });
    await open(setting);
    const before = await trusted(setting.pebble, setting.tlsPort);
    const first = before.getPeerX509Certificate()?.fingerprint256;
    const after = await waitUntil(async () => {
      const now = await dial(setting.tlsPort, { ca: await setting.pebble.root() });
      expect(await ask(before)).toContain('200 OK');
      if (now.getPeerX509Certificate()?.fingerprint256 !== first) return now;
      now.destroy();
      return false;
    }, 20_000);
    expect(await ask(after)).toContain('200 OK');
    expect(await ask(before)).toContain('200 OK');
    // The account of the first order was used again.
    expect(setting.pebble.output().match(/There are now \d+ accounts/g)).toEqual(['There are now 1 accounts']);
  });

  it('is got once the authority is back; until then handshakes fail, plain HTTP works, and it is not ready', async () => {
    const setting = await setUp({ pebble: { stopped: true } });
    const gateway = await open(setting);
    await waitUntil(() => gateway.lines.some((line) => line.includes('acme-unreachable')));
    expect(gateway.lines.join()).toContain('cannot be reached (ECONNREFUSED)');
    for (const more of [{}, { ALPNProtocols: undefined }, { maxVersion: 'TLSv1.2' }, { ALPNProtocols: ['acme-tls/1'] }])
      await expect(dial(setting.tlsPort, { rejectUnauthorized: false, ...more })).rejects.toMatchObject({
        code: expect.stringContaining('ALERT'),
      });
    const plain = `http://localhost:${setting.httpPort}/.well-known/acme-challenge/x`;
    expect((await fetch(plain, { redirect: 'manual' })).status).toBe(308);
    const ready = await fetch(`${gateway.admin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, revision: 1, awaits: 'certificate' }]);
    expect(await (await fetch(`${gateway.admin}/metrics`)).text()).toMatch(/order_failures_total [1-9]/);
    await setting.pebble.start();
    expect(await ask(await trusted(setting.pebble, setting.tlsPort))).toContain('200 OK');
  });

  it('is asked for a few times an hour at most, and the authority’s reason is told', async () => {
    const { httpPort, ...setting } = await setUp();
    const gateway = await open({ ...setting, httpPort: await freePort() }, { acme: { challenges: ['http-01'] } });
    await waitUntil(() => gateway.lines.some((line) => line.includes('no more certificates are ordered')), 20_000);
    const failures = gateway.lines.filter((line) => line.includes('acme-not-proven'));
    expect(failures).toHaveLength(4);
    expect(failures[0]).toMatch(/could not see by http-01 that localhost leads here: .*refused/);
    expect(failures[0]).toContain('port 80 must be open to the internet');
    expect(setting.pebble.output().match(/There are now \d+ authorizations/g)).toHaveLength(4);
    expect(httpPort).toBeGreaterThan(0);
  });

  it('is not even asked for when a name leads nowhere', async () => {
    const setting = await setUp();
    const gateway = await open(setting, { hostnames: ['nowhere.invalid'] });
    const line = await waitUntil(() => gateway.lines.find((text) => text.includes('acme-preflight')));
    expect(line).toContain('nowhere.invalid does not lead anywhere');
    expect(setting.pebble.output()).not.toContain('POST');
  });

  it('is rehearsed with the staging authority first, whose certificate is never shown', async () => {
    const setting = await setUp();
    const staging = await startPebble({ httpPort: setting.httpPort, tlsPort: setting.tlsPort });
    const acme = { production: setting.pebble.directory, staging: staging.directory };
    const gateway = await open(setting, { acme: { directory: undefined }, setting: acme });
    expect(await ask(await trusted(setting.pebble, setting.tlsPort))).toContain('200 OK');
    expect(staging.output()).toContain('Issued certificate');
    expect(gateway.lines.join()).toContain('the rehearsal with the staging authority worked');
  });
});
