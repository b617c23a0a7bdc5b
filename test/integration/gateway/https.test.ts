import { once } from 'node:events';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { type AddressInfo, connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { createAuthority } from '../../fixtures/certificates.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { startGateway } from './start-gateway.ts';

type Server = NonNullable<GatewayConfig['server']>;

const services = (upstream: string) => [
  { name: 's', upstream, routes: [{ match: { path: '/*' }, auth: 'none' as const }] },
];

/** A gateway with a certificate for api.shop.example, and how to ask it. */
async function open(server: Server = {}) {
  const authority = createAuthority();
  const upstream = await startUpstream((_, response) =>
    response.writeHead(200, { 'Strict-Transport-Security': 'max-age=1' }).end('upstream'),
  );
  const { certFile, keyFile } = authority.issue('shop', ['api.shop.example', 'localhost']);
  const config = (more: Server) => ({
    server: { listen: ['127.0.0.1:0'], https: { cert: certFile, key: keyFile }, ...more },
    services: services(upstream.url),
  });
  const gateway = await startGateway(config(server));
  const ca = authority.rootPem;
  const dial = async (options: ConnectionOptions = {}): Promise<TLSSocket> => {
    const socket = connect({ port: gateway.port, host: '127.0.0.1', servername: 'api.shop.example', ca, ...options });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket;
  };
  const ask = async (path = '/', headers: Record<string, string> = {}) => {
    const call = request({
      ...{ port: gateway.port, host: '127.0.0.1', servername: 'api.shop.example', ca, path, agent: false },
      headers: { Host: 'api.shop.example', ...headers },
    }).end();
    const [answer] = await once(call, 'response');
    answer.resume();
    return answer as import('node:http').IncomingMessage;
  };
  return { authority, upstream, gateway, ca, dial, ask, config };
}

describe('what an address with TLS speaks', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('%s, HTTP/1.1 and forward secrecy', async (version) => {
    const { dial } = await open();
    const socket = await dial({ minVersion: version, maxVersion: version, ALPNProtocols: ['http/1.1'] });
    expect([socket.getProtocol(), socket.alpnProtocol, socket.authorized]).toEqual([version, 'http/1.1', true]);
    socket.write('GET /a HTTP/1.1\r\nHost: api.shop.example\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }, 'PROTOCOL_VERSION'],
    ['a CBC cipher', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }, 'HANDSHAKE_FAILURE'],
    ['an unknown protocol', { ALPNProtocols: ['h3'] }, 'NO_APPLICATION_PROTOCOL'],
  ] as const)('not %s', async (_, options, alert) => {
    const { dial, gateway, ask } = await open();
    const error = await dial({ ...options, ALPNProtocols: [...('ALPNProtocols' in options ? ['h3'] : [])] }).catch(
      (e) => e,
    );
    expect(error.code).toContain(`ALERT_${alert}`);
    expect(gateway.gateway.metrics.failedHandshakes).toBe(1);
    expect(gateway.events()).toEqual([]);
    expect((await ask()).statusCode).toBe(200);
  });

  it('no renegotiation', async () => {
    const { dial } = await open();
    const socket = await dial({ maxVersion: 'TLSv1.2' });
    const outcome = await new Promise((resolve) => {
      socket.on('error', (error) => resolve(error.message));
      socket.renegotiate({}, (error) => resolve(error === null ? 'renegotiated' : error.message));
    });
    expect(outcome).toContain('no renegotiation');
  });

  it('shows the certificate with its chain and names', async () => {
    const { dial } = await open();
    const chain = (await dial()).getPeerX509Certificate();
    expect(chain?.subjectAltName).toBe('DNS:api.shop.example, DNS:localhost');
    expect(chain?.issuerCertificate?.subject).toBe('CN=Middle');
    await expect(dial({ servername: 'other.example' })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('tells the application and the record what a plain address would', async () => {
    const { ask, upstream, gateway } = await open();
    await ask('/orders?a=1', { 'X-Forwarded-Proto': 'http' });
    expect(upstream.requests[0]).toMatchObject({
      url: '/orders?a=1',
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'api.shop.example', 'x-forwarded-for': '127.0.0.1' },
    });
    expect(gateway.url).toMatch(/^https:/);
    expect(gateway.events()).toMatchObject([{ status: 200, path: '/orders', address: '127.0.0.1' }]);
  });

  it('WebSocket', async () => {
    const { gateway, ca, config } = await open();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', (text) => socket.send(text)));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await gateway.apply({ ...config({}), services: services(url) });
    const socket = new WebSocket(`wss://localhost:${gateway.port}/`, { ca });
    await once(socket, 'open');
    socket.send('x'.repeat(100_000));
    expect(String((await once(socket, 'message'))[0])).toHaveLength(100_000);
    socket.close();
    await once(socket, 'close');
    await waitUntil(() => gateway.events().length === 2);
    expect(gateway.events()).toMatchObject([{ status: 101 }, { type: 'stream-end' }]);
  });
});

describe('what is no handshake', () => {
  it('plain HTTP is closed without an answer and without harm', async () => {
    const { gateway, ask } = await open();
    const reply = await sendRaw(gateway.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 2_000);
    expect(reply.closed).toBe(true);
    expect(reply.text).not.toContain('HTTP');
    for (const junk of ['\x16\x03\x01\x00\x05hello', '\0'.repeat(4096), '\x16\x03\x01\xff\xff'])
      await sendRaw(gateway.port, Buffer.from(junk, 'latin1'), 50);
    expect((await ask()).statusCode).toBe(200);
    expect(gateway.events()).toHaveLength(1);
    await waitUntil(() => gateway.gateway.openConnections() === 0);
  });

  it('a silent caller is cut off after the time for a head', async () => {
    const { gateway } = await open({ limits: { headerTimeout: '300ms' } });
    const socket = connectPlain(gateway.port, '127.0.0.1');
    const began = performance.now();
    await once(socket, 'close');
    expect(performance.now() - began).toBeGreaterThan(250);
    expect(performance.now() - began).toBeLessThan(2_000);
    await waitUntil(() => gateway.gateway.openConnections() === 0);
  });

  it('counts connections before their handshake', async () => {
    const { gateway, dial } = await open({ limits: { connectionsPerAddress: 2 } });
    const silent = [connectPlain(gateway.port, '127.0.0.1'), connectPlain(gateway.port, '127.0.0.1')];
    await waitUntil(() => gateway.gateway.openConnections() === 2);
    await expect(dial()).rejects.toMatchObject({ code: 'ECONNRESET' });
    for (const socket of silent) socket.destroy();
    await waitUntil(() => gateway.gateway.openConnections() === 0);
    await dial();
  });
});

describe('Strict-Transport-Security', () => {
  it.each([
    ['a year by default', {}, 'max-age=31536000'],
    ['as long as configured', { hsts: '2h' }, 'max-age=7200'],
    ['left to the application when off', { hsts: 'off' }, 'max-age=1'],
  ] as const)('%s', async (_, server, value) => {
    const { ask } = await open(server);
    const answer = await ask();
    expect(answer.headersDistinct['strict-transport-security']).toEqual([value]);
  });

  it('on refusals too', async () => {
    const { ask } = await open({ hostnames: ['other.example'] });
    const answer = await ask();
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('plain HTTP beside https', () => {
  async function openBoth(server: Server = {}) {
    const setting = await open({ listen: ['127.0.0.1:0', 'http://127.0.0.1:0'], ...server });
    const plain = setting.gateway.gateway.addresses().find((address) => address.startsWith('http:')) ?? '';
    return { ...setting, port: Number(new URL(plain).port) };
  }

  it.each([
    [
      'GET /orders/42?a=1&b=%20x HTTP/1.1\r\nHost: api.shop.example:80',
      'https://api.shop.example/orders/42?a=1&b=%20x',
    ],
    ['HEAD / HTTP/1.1\r\nHost: 127.0.0.1', 'https://127.0.0.1/'],
    ['GET /a HTTP/1.1\r\nHost: [::1]:8080', 'https://[::1]/a'],
    ['POST /a HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\n{}', 'https://a.example/a'],
    ['GET http://a.example/a?b HTTP/1.1\r\nHost: a.example', 'https://a.example/a?b'],
    ['GET /chat HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: websocket', 'https://a.example/chat'],
  ])('%s', async (head, location) => {
    const { port, upstream, gateway } = await openBoth();
    const reply = await sendRaw(port, head.includes('\r\n\r\n') ? head : `${head}\r\n\r\n`);
    expect(statusesOf(reply.text)).toEqual([308]);
    expect(reply.text).toContain(`Location: ${location}\r\n`);
    expect(reply.text).toMatch(/x-request-id: [0-9A-Z]{26}/i);
    expect(reply.text).not.toMatch(/strict-transport/i);
    expect(upstream.requests).toEqual([]);
    expect(gateway.events()).toMatchObject([{ status: 308, code: null, route: null, address: '127.0.0.1' }]);
  });

  it.each([
    ['a host that is not served', 'GET / HTTP/1.1\r\nHost: evil.example', 'host-unknown'],
    ['no host', 'GET / HTTP/1.0', 'host-unknown'],
    ['a broken host', 'GET / HTTP/1.1\r\nHost: evil.example/@', 'host-invalid'],
    ['an ambiguous path', 'GET /a/../b HTTP/1.1\r\nHost: api.shop.example', 'path-ambiguous'],
  ])('sends nobody on to %s', async (_, head, code) => {
    const { port } = await openBoth({ hostnames: ['api.shop.example'] });
    const reply = await sendRaw(port, `${head}\r\n\r\n`);
    expect(reply.text).not.toContain('Location');
    expect(reply.text).toContain(`"code":"${code}"`);
  });

  it('has nowhere to send a caller on to who names no host', async () => {
    const { port } = await openBoth();
    expect((await sendRaw(port, 'GET / HTTP/1.0\r\n\r\n')).text).toContain('"code":"host-invalid"');
  });
});
