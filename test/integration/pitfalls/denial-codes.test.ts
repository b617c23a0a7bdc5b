import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { RequestEvent } from '../../../src/contracts/events/gateway-event.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { waitUntil } from '../../fixtures/wait-until.ts';
import { sendRaw, statusesOf } from '../gateway/raw.ts';
import { startGateway } from '../gateway/start-gateway.ts';

async function open() {
  const upstream = await startUpstream();
  return startGateway({
    server: { limits: { headerTimeout: '500ms', headers: '4KiB' } },
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' }] }],
  });
}

const UPGRADE = 'Connection: Upgrade\r\nUpgrade: irc/6.9\r\n';

/** Codes of the listener that no other test names: status, code in the answer and code in the record agree. */
it.each([
  [
    'header-ambiguous',
    400,
    'GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic YTpi\r\nAuthorization: Basic Yzpk\r\n\r\n',
  ],
  ['expectation-failed', 417, 'POST / HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 1\r\n\r\na'],
  ['headers-too-large', 431, `GET / HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(5_000)}\r\n\r\n`],
  ['upgrade-unsupported', 501, `GET / HTTP/1.1\r\nHost: a\r\n${UPGRADE}\r\n`],
])('%s is answered with %i', async (code, status, raw) => {
  const gateway = await open();
  const { text } = await sendRaw(gateway.port, raw);
  expect(statusesOf(text)[0]).toBe(status);
  expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))).toMatchObject({ code, status });
  expect(gateway.events().at(-1)).toMatchObject({ code, status });
});

it('request-timeout is answered with 408 and recorded', async () => {
  const gateway = await open();
  const socket = connect(gateway.port, '127.0.0.1').on('error', () => {});
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n');
  await waitUntil(() => socket.destroyed, 5_000);
  expect(statusesOf(text)).toEqual([408]);
  expect(gateway.events().at(-1) as RequestEvent).toMatchObject({ code: 'request-timeout', status: 408 });
});
