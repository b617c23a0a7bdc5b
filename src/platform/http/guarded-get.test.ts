import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openGuarded } from './guarded-get.ts';

const OPTIONS = { timeoutMs: 500, maxBytes: 10, userAgent: 'test', httpsBeyondLoopback: true };

async function ask(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  const agent = await openGuarded(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), OPTIONS);
  if ('code' in agent) throw new Error(agent.code);
  onTestFinished(() => agent.close());
  return await agent.get('/keys?a=1');
}

test.each([
  ['0123456789', { status: 200, cut: false }],
  ['0123456789a', { status: 200, cut: true }],
])('an answer of %s', async (text, expected) => {
  const got = await ask((request, response) => response.end(request.url === '/keys?a=1' ? text : ''));
  expect(got).toMatchObject({ ...expected, body: Buffer.from('0123456789') });
});

test('a redirect is an answer, and nobody follows it', async () => {
  const asked: unknown[] = [];
  const got = await ask((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { Location: '/elsewhere' }).end();
  });
  expect(got).toMatchObject({ status: 302 });
  expect(asked).toEqual(['/keys?a=1']);
});

test('an answer that does not come, or never ends, is given up', async () => {
  expect(await ask(() => {})).toEqual({ code: 'timeout' });
  const drip: RequestListener = (_, response) => {
    const timer = setInterval(() => response.write('.'), 100);
    response.on('close', () => clearInterval(timer));
  };
  expect(await ask(drip)).toEqual({ code: 'timeout' });
});

test.each([
  ['http://192.0.2.7/keys', 'insecure'],
  ['http://10.0.0.1/keys', 'insecure'],
  ['https://169.254.169.254/keys', 'forbidden-address'],
  ['http://no-such-name.invalid/', 'name-unknown'],
])('%s is not asked: %s', async (url, code) => {
  expect(await openGuarded(new URL(url), { ...OPTIONS, timeoutMs: 5_000 })).toEqual({ code });
});
