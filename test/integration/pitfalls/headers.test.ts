import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw, statusesOf } from '../gateway/raw.ts';
import { keyFor, startGateway } from '../gateway/start-gateway.ts';

/** What only the gateway may tell the upstream. */
const OURS = [
  'X-Nightlatch-Consumer',
  'X-Nightlatch-Scopes',
  'X-Nightlatch-Route',
  'X-Forwarded-For',
  'X-Forwarded-Proto',
  'X-Forwarded-Host',
  'X-Request-Id',
];
const FORWARDED = [
  'Forwarded',
  'X-Real-IP',
  'X-Client-IP',
  'True-Client-IP',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'X-Forwarded-Prefix',
];

/** A name with its dashes in every mixture of `-`, `_` and `.`, in several cases. */
function spellings(name: string): string[] {
  const parts = name.split('-');
  let names = [parts[0] ?? ''];
  for (const part of parts.slice(1))
    names = names.flatMap((start) => ['-', '_', '.'].map((dash) => start + dash + part));
  return names.flatMap((one) => [one, one.toLowerCase(), one.toUpperCase()]);
}

async function open() {
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, {
      Connection: 'close, X-Request-Id, RateLimit, X-Hop',
      'X-Hop': '1',
      'X-Request-Id': 'theirs',
    });
    response.end('ok');
  });
  const key = keyFor();
  const gateway = await startGateway({
    services: [
      {
        name: 's',
        upstream: upstream.url,
        routes: [{ match: { path: '/*' }, rateLimit: [{ key: 'consumer', quota: 1_000, window: '60s' }] }],
      },
    ],
    consumers: [{ name: 'web-shop', scopes: ['a:b'], keys: [key.config] }],
  });
  return { upstream, gateway, key: key.secret };
}

/** Header aliases (Traefik GHSA-5m6w-wvh7-57vm). */
it('header aliases: whatever the spelling, the upstream sees only ours', async () => {
  const { upstream, gateway, key } = await open();
  const names = [...OURS, ...FORWARDED].flatMap(spellings);
  expect(names.length).toBeGreaterThan(200);
  for (let at = 0; at < names.length; at += 60) {
    const some = names.slice(at, at + 60);
    const fields = [...some, ...some].map((name) => `${name}: evil\r\n`).join('');
    const reply = await sendRaw(gateway.port, `GET / HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\n${fields}\r\n`, 100);
    expect(statusesOf(reply.text)).toEqual([200]);
    const seen = upstream.requests.at(-1)?.headers ?? {};
    expect(JSON.stringify(seen)).not.toContain('evil');
    expect(seen).toMatchObject({
      'x-nightlatch-consumer': 'web-shop',
      'x-nightlatch-scopes': 'a:b',
      'x-forwarded-for': '127.0.0.1',
    });
  }
});

/** Hop-by-hop abuse (Traefik CVE-2024-45410): nobody can have our fields taken away by naming them in Connection. */
describe('hop-by-hop abuse', () => {
  it.each(OURS)('%s survives being named in Connection; the caller’s own is gone', async (name) => {
    const { upstream, gateway, key } = await open();
    for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) {
      const fields = `Connection: close, ${spelling}\r\n${spelling}: evil\r\nX-Mine: 1\r\n`;
      await sendRaw(gateway.port, `GET / HTTP/1.1\r\nHost: a\r\nX-API-Key: ${key}\r\n${fields}\r\n`, 100);
      const seen = upstream.requests.at(-1)?.headers ?? {};
      expect(seen[name.toLowerCase()]).toBeTruthy();
      expect(seen[name.toLowerCase()]).not.toContain('evil');
      expect(seen).toHaveProperty('x-mine', '1');
    }
  });

  it('the key is judged although Connection names its field, and never goes on', async () => {
    const { upstream, gateway, key } = await open();
    const reply = await sendRaw(
      gateway.port,
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: X-API-Key, Authorization\r\nX-API-Key: ${key}\r\n\r\n`,
      100,
    );
    expect(statusesOf(reply.text)).toEqual([200]);
    expect(JSON.stringify(upstream.requests[0]?.headers)).not.toContain(key);
  });

  it('on the way back: the upstream takes nothing of ours away', async () => {
    const { gateway, key } = await open();
    const answer = await fetch(gateway.url, { headers: { 'X-API-Key': key } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9A-Z]{26}$/);
    expect(answer.headers.get('ratelimit')).toContain('consumer');
    expect(answer.headers.get('x-hop')).toBeNull();
  });

  it('on a 101, both ways', async () => {
    let seen: Record<string, unknown> = {};
    const server = createServer().listen(0, '127.0.0.1');
    server.on('upgrade', (request, socket) => {
      seen = request.headers;
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade, X-Request-Id\r\nUpgrade: websocket\r\nX-Request-Id: theirs\r\nKeep-Alive: 9\r\n\r\n',
      );
    });
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const gateway = await startGateway({
      services: [
        {
          name: 's',
          upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          routes: [{ match: { path: '/*' }, auth: 'none' }],
        },
      ],
    });
    const reply = await sendRaw(
      gateway.port,
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, X-Forwarded-For, X-Nightlatch-Route\r\nUpgrade: websocket\r\nX-Forwarded-For: evil\r\n' +
        'X-Nightlatch-Route: evil\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      150,
    );
    expect(statusesOf(reply.text)).toEqual([101]);
    expect(reply.text).not.toMatch(/theirs|keep-alive/i);
    expect(seen).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-nightlatch-route': 'ANY /*' });
    expect(JSON.stringify(seen)).not.toContain('evil');
  });
});
