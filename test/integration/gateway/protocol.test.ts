import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { sendRaw, statusesOf } from './raw.ts';
import { startGateway } from './start-gateway.ts';

async function open(upstreamUrl: string, extra: { body?: string } = {}) {
  return startGateway({
    services: [
      {
        name: 's',
        upstream: upstreamUrl,
        timeouts: { response: '1s', connect: '500ms' },
        routes: [
          {
            match: { path: '/*' },
            auth: 'none',
            ...(extra.body === undefined ? {} : { limits: { body: extra.body } }),
          },
        ],
      },
    ],
  });
}

describe('broken and ambiguous requests', () => {
  const H = 'Host: a\r\n';
  it.each([
    [
      'Content-Length and Transfer-Encoding',
      `POST / HTTP/1.1\r\n${H}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two Content-Lengths', `POST / HTTP/1.1\r\n${H}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde`],
    ['a list of Content-Lengths', `POST / HTTP/1.1\r\n${H}Content-Length: 4, 4\r\n\r\nabcd`],
    ['a signed Content-Length', `POST / HTTP/1.1\r\n${H}Content-Length: +4\r\n\r\nabcd`],
    ['an unknown transfer coding', `POST / HTTP/1.1\r\n${H}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    [
      'chunked twice',
      `POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['identity after chunked', `POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['a space before the colon', `POST / HTTP/1.1\r\n${H}Content-Length : 4\r\n\r\nabcd`],
    ['a folded header', `GET / HTTP/1.1\r\n${H}X-A: b\r\n c\r\n\r\n`],
    ['bare LF', `GET / HTTP/1.1\n${H}\n\n`],
    ['a header without colon', `GET / HTTP/1.1\r\n${H}nonsense\r\n\r\n`],
    ['NUL in a header', `GET / HTTP/1.1\r\n${H}X-A: b\0c\r\n\r\n`],
    ['a bad chunk size', `POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n`],
    ['two Hosts', `GET / HTTP/1.1\r\n${H}Host: b\r\n\r\n`],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n'],
    ['another authority than Host', `GET http://b/x HTTP/1.1\r\n${H}\r\n`],
    ['a chunked body in HTTP/1.0', `POST / HTTP/1.0\r\n${H}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['not HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('refuses %s', async (_, text) => {
    const upstream = await startUpstream();
    const gateway = await open(upstream.url);
    // A second request hidden behind the first must never come out at the other end.
    const reply = await sendRaw(gateway.port, `${text}GET /smuggled HTTP/1.1\r\n${H}\r\n`);
    expect(statusesOf(reply.text)[0]).toBe(400);
    expect(reply.closed).toBe(true);
    expect(upstream.requests.map(({ url }) => url)).toEqual([]);
    expect(gateway.events().map((event) => event.type === 'request' && event.status)).toEqual([400]);
  });

  it('refuses heads that are too large, targets that are too long, and unknown expectations', async () => {
    const upstream = await startUpstream();
    const gateway = await open(upstream.url);
    const status = async (text: string) => statusesOf((await sendRaw(gateway.port, text)).text)[0];
    expect(await status(`GET / HTTP/1.1\r\n${H}X-A: ${'a'.repeat(17_000)}\r\n\r\n`)).toBe(431);
    expect(await status(`GET / HTTP/1.1\r\n${H}X-A: ${'a'.repeat(70_000)}\r\n\r\n`)).toBe(431);
    expect(await status(`GET /${'a'.repeat(9_000)} HTTP/1.1\r\n${H}\r\n`)).toBe(414);
    expect(await status(`POST / HTTP/1.1\r\n${H}Expect: magic\r\nContent-Length: 1\r\n\r\na`)).toBe(417);
    expect(upstream.requests).toEqual([]);
  });

  it('keeps answers in order on a connection with several requests in the pipe', async () => {
    const upstream = await startUpstream((request, response) => {
      setTimeout(() => response.end(request.url), request.url === '/first' ? 60 : 0);
    });
    const gateway = await open(upstream.url);
    const reply = await sendRaw(gateway.port, `GET /first HTTP/1.1\r\n${H}\r\nGET /second HTTP/1.1\r\n${H}\r\n`);
    expect(reply.text.indexOf('/first')).toBeLessThan(reply.text.indexOf('/second'));
    expect(statusesOf(reply.text)).toEqual([200, 200]);
  });
});

describe('headers', () => {
  it('drops what only a proxy may say in every spelling, and what is meant for one hop', async () => {
    const upstream = await startUpstream((_, response) => {
      response.writeHead(200, {
        Connection: 'close, X-Hop',
        'X-Hop': 'secret',
        'Keep-Alive': 'timeout=1',
        'X-Stay': 'yes',
      });
      response.end('ok');
    });
    const gateway = await open(upstream.url);
    const reply = await sendRaw(
      gateway.port,
      'GET / HTTP/1.1\r\nHost: shop.example\r\nX-Nightlatch-Consumer: evil\r\nx_nightlatch_consumer: evil\r\n' +
        'X.Nightlatch.Consumer: evil\r\nX-Forwarded_For: 6.6.6.6\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\n' +
        'X-Real-IP: 6.6.6.6\r\nX-Request-Id: mine\r\nConnection: close, X-Private, X-Forwarded-For, X-Nightlatch-Route\r\n' +
        'X-Private: 1\r\nTE: trailers\r\nProxy: http://evil\r\nX-Kept: a\r\nX-Kept: b\r\n\r\n',
    );
    const seen = upstream.requests[0]?.headers ?? {};
    expect(seen).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'shop.example',
      'x-nightlatch-route': 'ANY /*',
      'x-kept': 'a, b',
      host: new URL(upstream.url).host,
    });
    expect(JSON.stringify(seen)).not.toMatch(/evil|6\.6\.6\.6|mine/);
    for (const name of ['x-private', 'te', 'proxy', 'forwarded', 'x-real-ip']) expect(seen).not.toHaveProperty(name);
    expect(reply.text).toMatch(/x-stay: yes/i);
    expect(reply.text).not.toMatch(/x-hop|timeout=1/i);
  });

  it('keeps several Set-Cookie fields apart', async () => {
    const upstream = await startUpstream((_, response) => response.setHeader('Set-Cookie', ['a=1', 'b=2']).end());
    const gateway = await open(upstream.url);
    const response = await fetch(gateway.url);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});

describe('bodies', () => {
  it('refuses what is larger than allowed, said beforehand or not', async () => {
    const upstream = await startUpstream((request, response) => {
      request.resume().on('end', () => response.end('ok'));
    });
    const gateway = await open(upstream.url, { body: '64KiB' });
    const declared = await fetch(gateway.url, { method: 'POST', body: 'x'.repeat(65 * 1024) });
    expect(declared.status).toBe(413);
    const chunked = await fetch(gateway.url, {
      method: 'POST',
      body: new Blob(['x'.repeat(256 * 1024)]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(chunked.status).toBe(413);
    expect((await fetch(gateway.url, { method: 'POST', body: 'x'.repeat(64 * 1024) })).status).toBe(200);
    expect(gateway.events().map((event) => event.type === 'request' && event.code)).toEqual([
      'body-too-large',
      'body-too-large',
      null,
    ]);
  });

  it('waits with "100 Continue" until the policies have spoken', async () => {
    const upstream = await startUpstream((request, response) => request.pipe(response));
    const gateway = await open(upstream.url, { body: '1KiB' });
    const head = (length: number) =>
      `POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;
    expect((await sendRaw(gateway.port, head(5))).text).toContain('100 Continue');
    const refused = (await sendRaw(gateway.port, head(5_000))).text;
    expect(refused).not.toContain('100 Continue');
    expect(statusesOf(refused)).toEqual([413]);
  });
});

describe('upstreams in trouble', () => {
  it.each([
    ['refuses connections', 502, 'upstream-unreachable', null],
    ['never answers', 504, 'upstream-timeout', () => {}],
    [
      'closes without an answer',
      502,
      'upstream-failed',
      (socket: Socket) => socket.once('data', () => socket.destroy()),
    ],
    [
      'speaks no HTTP',
      502,
      'upstream-failed',
      (socket: Socket) => socket.once('data', () => socket.end('hello\r\n\r\n')),
    ],
  ] as const)('%s', async (_, status, code, behave) => {
    const url = await tcpServer(behave);
    const gateway = await open(url);
    const response = await fetch(gateway.url, { method: 'POST', body: 'x' });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('sends a POST once, whatever happens, and a GET again when an idle connection was closed', async () => {
    let posts = 0;
    let gets = 0;
    const url = await tcpServer((socket) => {
      let served = 0;
      socket.on('data', (data) => {
        const text = data.toString();
        if (text.startsWith('POST')) {
          posts++;
          socket.destroy();
          return;
        }
        gets++;
        if (++served === 2) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
      socket.on('error', () => {});
    });
    const gateway = await open(url);
    expect((await fetch(gateway.url)).status).toBe(200);
    expect((await fetch(gateway.url)).status).toBe(200);
    expect(gets).toBe(3);
    expect((await fetch(gateway.url, { method: 'POST', body: 'x' })).status).toBe(502);
    expect(posts).toBe(1);
  });

  it('cuts the answer when the upstream breaks off in the middle, and records it', async () => {
    const url = await tcpServer((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf');
        setTimeout(() => socket.destroy(), 50);
      }),
    );
    const gateway = await open(url);
    const response = await fetch(gateway.url);
    await expect(response.text()).rejects.toThrow();
    expect(gateway.events().at(-1)).toMatchObject({ status: 200, aborted: 'upstream' });
  });

  it('stops the upstream’s work when the caller leaves, and records it', async () => {
    let closed = false;
    const upstream = await startUpstream((request) => {
      request.socket.on('close', () => {
        closed = true;
      });
    });
    const gateway = await open(upstream.url);
    const leave = new AbortController();
    const asking = fetch(gateway.url, { signal: leave.signal }).catch(() => 'left');
    await waitUntil(() => upstream.requests.length === 1);
    leave.abort();
    expect(await asking).toBe('left');
    await waitUntil(() => closed);
    await waitUntil(() => gateway.events().length === 1);
    expect(gateway.events()[0]).toMatchObject({ status: 0, aborted: 'client' });
  });
});

async function tcpServer(behave: ((socket: Socket) => void) | null): Promise<string> {
  const server = createServer((socket) => behave?.(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  if (behave === null) {
    server.close();
    await once(server, 'close');
  } else onTestFinished(() => void server.close());
  return `http://127.0.0.1:${port}`;
}
