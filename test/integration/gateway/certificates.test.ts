import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { startAdminListener } from '../../../src/gateway/index.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import { createAuthority } from '../../fixtures/certificates.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startGateway } from './start-gateway.ts';

type Server = NonNullable<GatewayConfig['server']>;

const DAY_MS = 86_400_000;

const configFor = (upstream: string, server: Server) => ({
  server,
  services: [{ name: 's', upstream, routes: [{ match: { path: '/*' }, auth: 'none' as const }] }],
});

/** A connection that looks at what it is shown and trusts everybody. */
async function dial(port: number) {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'secureConnect');
  const shown = socket.getPeerX509Certificate();
  return {
    fingerprint: shown?.fingerprint256 ?? '',
    names: shown?.subjectAltName,
    async get(): Promise<string> {
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
      return String((await once(socket, 'data'))[0]);
    },
  };
}

function logged() {
  const lines: string[] = [];
  return { lines, logger: createLogger('gateway', { write: (line: string) => void lines.push(line) }) };
}

describe('certificate files', () => {
  async function open(options: { days?: number; clock?: { now(): number } } = {}) {
    const authority = createAuthority();
    const files = authority.issue('shop', ['localhost'], options.days);
    const upstream = await startUpstream();
    const log = logged();
    const config = (server: Server = {}) =>
      configFor(upstream.url, { https: { cert: files.certFile, key: files.keyFile }, ...server });
    const gateway = await startGateway(config(), {
      logger: log.logger,
      ...(options.clock && { clock: options.clock }),
    });
    return { authority, files, gateway, config, lines: log.lines };
  }

  it('are served anew when they were replaced, and no connection is dropped', async () => {
    const { authority, gateway } = await open();
    const before = await dial(gateway.port);
    expect(await before.get()).toContain('200 OK');
    authority.issue('shop', ['localhost', 'new.example']);
    const after = await waitUntil(async () => {
      const now = await dial(gateway.port);
      return now.fingerprint !== before.fingerprint && now;
    });
    expect(after.names).toContain('new.example');
    expect(await after.get()).toContain('200 OK');
    expect(await before.get()).toContain('200 OK');
  });

  it('stay in service when what replaces them cannot be served, which is said once', async () => {
    const { files, gateway, lines } = await open();
    const before = await dial(gateway.port);
    writeFileSync(files.certFile, 'half a certifi');
    await waitUntil(() => lines.some((line) => line.includes('holds no certificate that can be read')));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(lines.filter((line) => line.includes('stays in service'))).toHaveLength(1);
    expect((await dial(gateway.port)).fingerprint).toBe(before.fingerprint);
  });

  it('are refused with a sentence that names the file, and the configuration before stays live', async () => {
    const { authority, files, gateway, config } = await open();
    const other = authority.issue('other', ['localhost']);
    const expired = authority.issue('expired', ['localhost'], 0);
    const junk = join(authority.folder, 'junk.pem');
    writeFileSync(junk, 'junk');
    const before = await dial(gateway.port);
    for (const [cert, key, code, sentence] of [
      [
        files.certFile,
        other.keyFile,
        'certificate-mismatch',
        `The key in ${other.keyFile} does not belong to the certificate in ${files.certFile}.`,
      ],
      [
        `${files.certFile}x`,
        files.keyFile,
        'certificate-unreadable',
        `The certificate file ${files.certFile}x does not exist.`,
      ],
      [files.certFile, authority.folder, 'certificate-unreadable', `The key file ${authority.folder} is a folder.`],
      [junk, files.keyFile, 'certificate-malformed', `${junk} holds no certificate that can be read.`],
      [files.certFile, junk, 'certificate-malformed', `${junk} holds no private key that can be read.`],
      [expired.certFile, expired.keyFile, 'certificate-expired', `The certificate in ${expired.certFile} ended on `],
    ] as const) {
      const error = await gateway.apply(config({ https: { cert, key } })).catch((e) => e);
      expect([error.code, error.message]).toEqual([code, expect.stringContaining(sentence)]);
      expect(gateway.gateway.snapshot()?.revision).toBe(1);
    }
    expect((await dial(gateway.port)).fingerprint).toBe(before.fingerprint);
    expect(await before.get()).toContain('200 OK');
  });

  it('turn an address that is open already to TLS, and back', async () => {
    const { gateway, config } = await open();
    const port = await freePort();
    const listen = [`127.0.0.1:${port}`];
    const plain = async () => (await fetch(`http://127.0.0.1:${port}/`)).status;
    await gateway.apply(config({ listen, https: 'off' }));
    expect(await plain()).toBe(200);
    await gateway.apply(config({ listen }));
    expect(await (await dial(port)).get()).toContain('200 OK');
    await expect(plain()).rejects.toThrow();
    await gateway.apply(config({ listen, https: 'off' }));
    expect(await plain()).toBe(200);
    expect(gateway.gateway.addresses()).toEqual([`http://127.0.0.1:${port}`]);
  });

  it('near their end are in the metrics and warned about, and never keys in what is kept or logged', async () => {
    const { gateway, lines, files } = await open({ days: 20 });
    const admin = await startAdminListener(gateway.gateway, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => admin.close());
    const metrics = await (await fetch(`${admin.address}/metrics`)).text();
    const left = Number(/^nightlatch_certificate_expiry_seconds (\d+)$/m.exec(metrics)?.[1]);
    expect(left).toBeGreaterThan(20 * 86_400 - 60);
    expect(left).toBeLessThanOrEqual(20 * 86_400);
    expect(lines.filter((line) => line.includes('ends within 21 days'))).toHaveLength(1);
    const kept = readFileSync(join(gateway.dataDir, 'snapshot.json'), 'utf8');
    expect(kept).toContain(files.keyFile);
    for (const text of [kept, ...lines]) expect(text).not.toContain('PRIVATE KEY');
  });

  it('in good time are not warned about', async () => {
    expect((await open()).lines).toEqual([]);
  });
});

describe('the self-signed certificate', () => {
  const server: Server = { https: 'self-signed', hostnames: ['shop.example'] };

  async function open(dataDir: string, more: Server = {}, now = () => Date.now()) {
    const upstream = await startUpstream();
    return startGateway(configFor(upstream.url, { ...server, ...more }), { dataDir, clock: { now } });
  }

  it('is made at the first start, kept private, and the same after the next', async () => {
    const dataDir = temporaryFolder();
    const first = await open(dataDir);
    const shown = await dial(first.port);
    expect(shown.names).toBe('DNS:shop.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(await shown.get()).not.toMatch(/strict-transport/i);
    expect(statSync(join(dataDir, 'self-signed.pem')).mode & 0o777).toBe(0o600);
    await first.gateway.drain(100);
    const second = await open(dataDir);
    expect((await dial(second.port)).fingerprint).toBe(shown.fingerprint);
  });

  it('lets a client in that trusts it', async () => {
    const { port, dataDir } = await open(temporaryFolder());
    const socket = connect({ port, host: 'localhost', ca: readFileSync(join(dataDir, 'self-signed.pem')) });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
  });

  it('is made anew for other host names, and when it was lost or broken', async () => {
    const dataDir = temporaryFolder();
    const gateway = await open(dataDir);
    const seen = new Set([(await dial(gateway.port)).fingerprint]);
    for (const [change, hostnames] of [
      [() => {}, ['api.example']],
      [() => rmSync(join(dataDir, 'self-signed.pem')), ['api.example']],
      [() => writeFileSync(join(dataDir, 'self-signed.pem'), 'broken'), ['api.example']],
    ] as const) {
      change();
      const { services } = configFor('http://127.0.0.1:9', {});
      await gateway.apply({ server: { ...server, hostnames: [...hostnames] }, services });
      const shown = await dial(gateway.port);
      expect(shown.names).toMatch(/^DNS:api\.example, /);
      seen.add(shown.fingerprint);
    }
    expect(seen.size).toBe(4);
  });

  it('is renewed by itself a month before its end', async () => {
    let ahead = 0;
    const gateway = await open(temporaryFolder(), {}, () => Date.now() + ahead);
    const before = await dial(gateway.port);
    ahead = 334 * DAY_MS;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await dial(gateway.port)).fingerprint).toBe(before.fingerprint);
    ahead = 336 * DAY_MS;
    await waitUntil(async () => (await dial(gateway.port)).fingerprint !== before.fingerprint);
    expect(gateway.gateway.certificateSecondsLeft()).toBeGreaterThan(360 * 86_400);
  });
});
