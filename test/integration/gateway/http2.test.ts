import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';

import {
  type ClientHttp2Session,
  connect,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, request as undiciRequest } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../../../scripts/bootstrap/system-packages.mjs';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { createAuthority } from '../../fixtures/certificates.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { startGateway } from './start-gateway.ts';

type Server = NonNullable<GatewayConfig['server']>;
type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
const run = promisify(execFile);

async function open(server: Server = {}, answer?: Parameters<typeof startUpstream>[0]) {
  const authority = createAuthority();
  const upstream = await startUpstream(answer);
  const { certFile, keyFile } = authority.issue('shop', ['localhost']);
  const gateway = await startGateway({
    server: { https: { cert: certFile, key: keyFile }, ...server },
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [{ match: { path: '/*' }, auth: 'none' as const, limits: { body: '64KiB' } }],
      },
    ],
  });
  const url = `https://localhost:${gateway.port}`;
  return { upstream, gateway, url, ca: authority.rootPem, caFile: join(authority.folder, 'root.pem') };
}

function dial(url: string, ca: string): ClientHttp2Session {
  const session = connect(url, { ca });
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  return session;
}

async function ask(session: ClientHttp2Session, fields: OutgoingHttpHeaders = {}, body?: string): Promise<Answer> {
  const stream = session.request({ ':path': '/', ...fields }, { endStream: body === undefined });
  stream.setEncoding('utf8');
  let text = '';
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  // Not its close alone: Node's client goes on holding a stream whose body nobody wanted any more.
  const over = Promise.race([once(stream, 'end'), once(stream, 'close')]);
  if (body !== undefined) stream.end(body);
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status': number }];
  await over;
  return { status: headers[':status'], headers, body: text };
}

describe('HTTP/2 by ALPN', () => {
  it('answers many requests of one connection at once, each with its own record', async () => {
    const { url, ca, gateway, upstream } = await open({}, (request, response) => void response.end(request.url));
    const session = dial(url, ca);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => ask(session, { ':path': `/a/${i}?b=${i}` })),
    );
    expect(answers.map(({ body }) => body)).toEqual(answers.map((_, i) => `/a/${i}?b=${i}`));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(gateway.events().filter((event) => event.type === 'request' && event.status === 200)).toHaveLength(50);
    expect(upstream.requests[0]?.headers).toMatchObject({
      host: upstream.url.slice('http://'.length),
      'x-forwarded-host': `localhost:${gateway.port}`,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '127.0.0.1',
    });
    expect(gateway.gateway.openConnections()).toBe(1);
  });

  it('carries bodies both ways, of known and unknown length, and refuses what is too long', async () => {
    const { url, ca, gateway } = await open({}, (request, response) => {
      const parts: Buffer[] = [];
      request.on('error', () => {}).on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => response.end(Buffer.concat(parts)));
    });
    const session = dial(url, ca);
    const small = 'x'.repeat(60_000);
    expect(await ask(session, { ':method': 'POST', 'content-length': 60_000 }, small)).toMatchObject({ body: small });
    expect(await ask(session, { ':method': 'POST' }, small)).toMatchObject({ status: 200, body: small });
    for (const length of [{ 'content-length': 2_000_000 }, {}]) {
      const { status, body } = await ask(session, { ':method': 'POST', ...length }, 'x'.repeat(2_000_000));
      expect([status, JSON.parse(body).code]).toEqual([413, 'body-too-large']);
    }
    expect(await ask(session)).toMatchObject({ status: 200 });
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
  });

  it('answers HEAD, 204, several cookies and a large body as HTTP/1.1 does', async () => {
    const { url, ca } = await open({}, (request, response) => {
      if (request.url === '/none') response.writeHead(204).end();
      else if (request.url === '/large') response.end('y'.repeat(3_000_000));
      else
        response
          .writeHead(200, {
            'Set-Cookie': ['a=1', 'b=2'],
            'Keep-Alive': 'timeout=5',
            Connection: 'X-Hop',
            'X-Hop': '1',
          })
          .end('text');
    });
    const session = dial(url, ca);
    const head = await ask(session, { ':method': 'HEAD' });
    expect([head.status, head.body, head.headers['set-cookie']]).toEqual([200, '', ['a=1', 'b=2']]);
    expect(head.headers['x-request-id']).toMatch(/^[0-9A-Z]{26}$/);
    expect(head.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(Object.keys(head.headers)).not.toEqual(expect.arrayContaining(['connection']));
    expect(head.headers).not.toHaveProperty('keep-alive');
    expect(head.headers).not.toHaveProperty('x-hop');
    expect((await ask(session, { ':path': '/none' })).status).toBe(204);
    expect((await ask(session, { ':path': '/large' })).body).toHaveLength(3_000_000);
  });

  it('joins crumbs of Cookie and lets nothing through that HTTP/1.1 would not', async () => {
    const { url, ca, upstream } = await open();
    const session = dial(url, ca);
    await ask(session, {
      cookie: ['a=1', 'b=2'],
      te: 'trailers',
      'x-forwarded-for': '1.2.3.4',
      x_nightlatch_consumer: 'admin',
      forwarded: 'for=1.2.3.4',
    });
    expect(upstream.requests[0]?.headers).toMatchObject({ cookie: 'a=1; b=2', 'x-forwarded-for': '127.0.0.1' });
    for (const name of ['te', 'x_nightlatch_consumer', 'forwarded', 'transfer-encoding'])
      expect(upstream.requests[0]?.headers).not.toHaveProperty(name);
  });

  it.each([
    ['another Host beside :authority', { ':authority': 'localhost', host: 'evil.example' }, 'host-invalid'],
    ['a broken :authority', { ':authority': 'localhost:123456' }, 'host-invalid'],
    ['an ambiguous path', { ':path': '/a/../b' }, 'path-ambiguous'],
    ['a path that is none', { ':method': 'OPTIONS', ':path': '*' }, 'request-malformed'],
    ['a head that is too large', { 'x-a': 'a'.repeat(20_000) }, 'headers-too-large'],
    ['two credentials', { 'x-api-key': ['a', 'b'] }, 'credential-ambiguous'],
  ])('refuses %s, and the connection goes on', async (_, fields, code) => {
    const { url, ca, upstream } = await open();
    const session = dial(url, ca);
    const refused = await ask(session, fields as OutgoingHttpHeaders);
    expect(JSON.parse(refused.body).code).toBe(code);
    expect(upstream.requests).toEqual([]);
    expect((await ask(session)).status).toBe(200);
  });

  it('tells the application when a caller gives up, and the caller when the application breaks off', async () => {
    let gone = 0;
    const { url, ca, gateway } = await open({}, (request, response) => {
      response.on('close', () => gone++);
      response.write('a');
      if (request.url === '/break') setTimeout(() => request.socket.destroy(), 50);
    });
    const session = dial(url, ca);
    const broken = session.request({ ':path': '/break' });
    const [error] = await once(broken.resume(), 'error').catch((e) => [e]);
    expect(error.message).toContain('INTERNAL_ERROR');
    const left = session.request({ ':path': '/leave' });
    await once(left, 'response');
    left.close(constants.NGHTTP2_CANCEL);
    await waitUntil(() => gone === 2);
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
    expect(gateway.events()).toMatchObject([{ aborted: 'upstream' }, { aborted: 'client' }]);
  });

  it('an upstream that answers before the end of a body never takes the part for the whole', async () => {
    const whole: boolean[] = [];
    const { url, ca, gateway } = await open({}, (request, response) => {
      request.socket.once('close', () => whole.push(request.complete));
      request.on('error', () => {}).once('data', () => response.end('early'));
    });
    const session = dial(url, ca);
    for (let i = 0; i < 20; i++) {
      const stream = session.request({ ':path': '/', ':method': 'POST' }, { endStream: false });
      stream.on('error', () => {}).resume();
      for (let part = 0; part < 30; part++) stream.write('x'.repeat(2_000));
      const [answer] = await once(stream, 'response');
      expect(answer[':status']).toBe(200);
    }
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
    await waitUntil(() => whole.length === 20);
    expect(new Set(whole)).toEqual(new Set([false]));
  });

  it('offers no WebSocket and no push, and as many streams as configured', async () => {
    const { url, ca } = await open({ limits: { streams: 7 } });
    const session = dial(url, ca);
    const [settings] = await once(session, 'remoteSettings');
    expect(settings).toMatchObject({
      maxConcurrentStreams: 7,
      enableConnectProtocol: false,
      maxHeaderListSize: 65_536,
    });
    const connected = await ask(session, { ':method': 'CONNECT', ':authority': 'localhost:1', ':path': undefined });
    expect(connected.status).toBe(400);
  });

  it('is left out when it is off', async () => {
    const { url, ca } = await open({ http2: false });
    const [error] = await once(dial(url, ca), 'error');
    expect(error.code).toContain('NO_APPLICATION_PROTOCOL');
  });
});

describe('clients', () => {
  it('curl', async () => {
    const { url, caFile } = await open();
    const { stdout } = await run('curl', [
      '-sS',
      '--http2',
      '--cacert',
      caFile,
      '-w',
      ' %{http_version} %{http_code}',
      url,
    ]);
    expect(stdout).toBe('upstream 2 200');
  });

  it('curl, whose body is not wanted', async () => {
    const { url, caFile, gateway } = await open({}, (request, response) => {
      request.resume().on('end', () => response.end('upstream'));
    });
    const big = join(dirname(caFile), 'big');
    writeFileSync(big, 'x'.repeat(3_000_000));
    // Often: how much of the body has come by the time of the answer is a matter of luck.
    for (const type of Array.from({ length: 15 }, (_, i) => (i % 2 === 0 ? 'Transfer-Encoding: chunked' : 'A: b'))) {
      const args = ['-sS', '-m', '5', '--http2', '--cacert', caFile, '-H', type, '--data-binary', `@${big}`];
      const { stdout } = await run('curl', [...args, '-o', '/dev/null', '-w', '%{http_version} %{http_code}', url]);
      expect(stdout).toBe('2 413');
    }
    await waitUntil(() => gateway.gateway.activeRequests() === 0);
  });

  it('undici', async () => {
    const { url, ca } = await open();
    const dispatcher = new Agent({ allowH2: true, connect: { ca } });
    onTestFinished(() => dispatcher.close());
    const answer = await undiciRequest(url, { dispatcher, method: 'POST', body: 'x' });
    expect([answer.statusCode, await answer.body.text()]).toEqual([200, 'upstream']);
  });

  it('h2load', async () => {
    const { url, gateway } = await open();
    const { stdout } = await run(findProgram('h2load') ?? 'h2load', ['-n', '3000', '-c', '5', '-m', '50', `${url}/`]);
    expect(stdout).toContain('3000 succeeded, 0 failed, 0 errored');
    await waitUntil(() => gateway.gateway.openConnections() === 0);
  });
});

describe('HTTP/2 without TLS', () => {
  const plain = async (server: Server) => {
    const upstream = await startUpstream();
    const gateway = await startGateway({
      server,
      services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
    });
    return gateway.url;
  };

  it('is for callers that know, where it was allowed, beside HTTP/1.1', async () => {
    const url = await plain({ http2: { cleartext: true } });
    const version = ['-sS', '-o', '/dev/null', '-w', '%{http_version} %{http_code}'];
    expect((await run('curl', [...version, '--http2-prior-knowledge', url])).stdout).toBe('2 200');
    expect((await run('curl', [...version, url])).stdout).toBe('1.1 200');
    // Never by Upgrade.
    expect((await run('curl', [...version, '--http2', url]).catch((e) => e)).stdout).toMatch(/^1\.1 (200|501)$/);
  });

  it('is not there otherwise', async () => {
    const url = await plain({});
    const outcome = await run('curl', ['-sS', '--http2-prior-knowledge', url]).catch((error) => error);
    expect(outcome.code).toBeGreaterThan(0);
  });
});
