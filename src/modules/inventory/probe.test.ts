import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { isForbiddenAddress } from '../../platform/http/forbidden-address.ts';
import { probeUpstream } from './probe.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function upstream(listener: RequestListener): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('something that answers, with a description', async () => {
  const { url, asked } = await upstream((request, response) => {
    response.statusCode = request.url === '/base/openapi.yaml' ? 200 : 404;
    response.end('# ours\nopenapi: 3.1.0\n');
  });
  expect(await probeUpstream(`${url}/base/`)).toEqual({
    reachable: true,
    status: 404,
    code: null,
    openapiPath: '/base/openapi.yaml',
  });
  expect(asked).toEqual(['GET /base/', 'GET /base/openapi.json', 'GET /base/openapi.yaml']);
});

test('a server that answers every path alike is not taken for one with a description', async () => {
  const { url } = await upstream((_, response) => response.end('<title>Our shop has no openapi</title>'));
  expect(await probeUpstream(url)).toEqual({ reachable: true, status: 200, code: null, openapiPath: null });
});

test('a redirect is an answer and is not followed', async () => {
  const { url, asked } = await upstream((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  );
  expect(await probeUpstream(url)).toMatchObject({ reachable: true, status: 302 });
  expect(asked).toHaveLength(3);
});

test('an answer without end is cut off', async () => {
  const { url } = await upstream((_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      response.once('drain', more);
    };
    more();
  });
  const started = performance.now();
  expect(await probeUpstream(url)).toMatchObject({ reachable: true, status: 200 });
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('one that accepts and never answers takes five seconds', async () => {
  const { url, asked } = await upstream(() => {});
  expect(await probeUpstream(url)).toMatchObject({ reachable: false, code: 'timeout' });
  expect(asked).toHaveLength(1);
});

test.each([
  ['http://127.0.0.1:1', 'refused'],
  ['http://no-such-host.invalid', 'name-unknown'],
  ['http://169.254.169.254/latest/meta-data', 'forbidden-address'],
  ['http://[fd00:ec2::254]/', 'forbidden-address'],
  ['http://[fe80::1]/', 'forbidden-address'],
  ['http://[::ffff:169.254.169.254]/', 'forbidden-address'],
  ['http://2852039166/', 'forbidden-address'],
  ['http://0xa9.0xfe.0xa9.0xfe/', 'forbidden-address'],
  ['http://0.0.0.0:80/', 'forbidden-address'],
])('%s is said to be %s', async (address, code) => {
  expect(await probeUpstream(address)).toEqual({ reachable: false, status: null, code, openapiPath: null });
});

test.each(['127.0.0.1', '10.1.2.3', '192.168.1.20', '::1', 'fd12::5', '198.51.100.7', '2606:4700::1'])(
  '%s may be a business’s own API',
  (address) => expect(isForbiddenAddress(address)).toBe(false),
);

test.each([
  '169.254.1.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd20:ce::254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  'nonsense',
  'fe80::1%eth0',
])('%s may not', (address) => expect(isForbiddenAddress(address)).toBe(true));
