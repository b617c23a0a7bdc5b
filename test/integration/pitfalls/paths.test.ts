import { execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { RouteConfig } from '../../../src/contracts/config/route-config.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { sendRaw, statusesOf } from '../gateway/raw.ts';
import { startGateway } from '../gateway/start-gateway.ts';

const run = promisify(execFile);

async function open(
  routes: (typeof RouteConfig)['_input'][],
  answer?: (q: IncomingMessage, r: ServerResponse) => void,
) {
  const upstream = await startUpstream(answer ?? ((request, response) => response.end(request.url)));
  const gateway = await startGateway({
    defaults: { auth: 'none' },
    services: [{ name: 's', upstream: upstream.url, routes: routes as never }],
  });
  return { upstream, gateway };
}

/** Path bypass (GHSA-xf64-8mw2-4gr2, CVE-2026-42272, Zuul#2152): what the policies judged is byte for byte what the upstream gets. */
describe('paths of real applications pass unchanged', () => {
  it.each([
    '/wp-json/wp/v2/posts?per_page=5&_embed&search=caf%C3%A9',
    '/?rest_route=/wp/v2/posts/1',
    '/index.php/wp-json/wc/v3/orders?status[]=pending&status[]=processing',
    '/wp-admin/admin-ajax.php?action=heartbeat',
    '/wp-content/plugins/woo/assets/app.min.js?ver=9.1.2',
    '/shop.git/info/refs?service=git-upload-pack',
    '/@types/node/-/node-24.0.0.tgz',
    '/v2/library/alpine/manifests/sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1',
    "/odata/Orders('A%20B')/Items?$filter=Price%20gt%2010&$top=5",
    '/matrix;lat=50;long=20/tiles',
    '/graphql?query=%7Bme%7Bname%7D%7D',
    '/a~b/_c/-d/.well-known/x',
    '/files/r%C3%A9sum%C3%A9%20(1).pdf',
  ])('%s', async (target) => {
    const { upstream, gateway } = await open([{ match: { path: '/*' } }]);
    const reply = await sendRaw(gateway.port, `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(statusesOf(reply.text)).toEqual([200]);
    expect(upstream.requests[0]?.url).toBe(target);
  });

  it('git clones and pushes through the gateway', { timeout: 30_000 }, async () => {
    const home = temporaryFolder();
    const git = (args: string[], cwd = home) =>
      run('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'init.defaultBranch=main', ...args], {
        cwd,
      });
    await git(['init', '--bare', 'shop.git']);
    await git(['-C', 'shop.git', 'config', 'http.receivepack', 'true']);
    const { gateway } = await open([{ match: { path: '/*' }, limits: { body: '10MiB' } }], gitHttpBackend(home));
    await git(['clone', `${gateway.url}/shop.git`, 'work']);
    const work = join(home, 'work');
    writeFileSync(join(work, 'price.txt'), '12.50\n'.repeat(50_000));
    await git(['add', '.'], work);
    await git(['commit', '-m', 'Prices'], work);
    await git(['push', 'origin', 'HEAD:main'], work);
    await git(['clone', '-b', 'main', `${gateway.url}/shop.git`, 'again']);
    expect((await git(['log', '--oneline'], join(home, 'again'))).stdout).toContain('Prices');
  });
});

describe('encoded slashes', () => {
  const target = '/@shop%2Fprices';

  it('are refused, and the answer names the switch', async () => {
    const { upstream, gateway } = await open([{ match: { path: '/*' } }]);
    const answer = await fetch(gateway.url + target);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'path-encoded-slash',
      detail: expect.stringContaining('allowEncodedSlash'),
    });
    expect(upstream.requests).toEqual([]);
  });

  it('pass on a route that allows them, as one segment and unchanged', async () => {
    const { upstream, gateway } = await open([
      { match: { path: '/{package}' }, allowEncodedSlash: true },
      { match: { path: '/@shop/prices' } },
    ]);
    expect((await fetch(gateway.url + target)).status).toBe(200);
    expect(upstream.requests[0]).toMatchObject({ url: target, headers: { 'x-nightlatch-route': 'ANY /{package}' } });
  });

  it.each(['/a%2f..%2fadmin', '/a%5c..%5cadmin', '/%2fadmin', '/a%2F%2Fb', '/a%252fb', '/..%2fadmin', '/a/..%2f..%2f'])(
    'never help %s to climb, allowed or not',
    async (path) => {
      const { upstream, gateway } = await open([{ match: { path: '/*' }, allowEncodedSlash: true }]);
      const reply = await sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(statusesOf(reply.text)).toEqual([400]);
      expect(upstream.requests).toEqual([]);
    },
  );

  it('npm finds a package with a scope through the gateway', { timeout: 30_000 }, async () => {
    const { gateway, upstream } = await open(
      [{ match: { path: '/{package}' }, allowEncodedSlash: true }],
      (_, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        const versions = {
          '1.2.3': { name: '@shop/prices', version: '1.2.3', dist: { tarball: 'http://127.0.0.1/x.tgz' } },
        };
        response.end(JSON.stringify({ name: '@shop/prices', 'dist-tags': { latest: '1.2.3' }, versions }));
      },
    );
    const cache = join(temporaryFolder(), 'cache');
    mkdirSync(cache);
    const { stdout } = await run('npm', [
      'view',
      '@shop/prices',
      'version',
      '--registry',
      gateway.url,
      '--cache',
      cache,
    ]);
    expect(stdout.trim()).toBe('1.2.3');
    expect(upstream.requests[0]?.url).toBe('/@shop%2fprices');
  });
});

/** git's own CGI program (git-http-backend) behind HTTP. */
function gitHttpBackend(root: string) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const child = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: path,
        QUERY_STRING: query,
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        REMOTE_USER: 'a',
      },
    });
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => {
      const out = Buffer.concat(chunks);
      const end = out.indexOf('\r\n\r\n');
      for (const line of out.subarray(0, end).toString().split('\r\n')) {
        const colon = line.indexOf(':');
        const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
        if (name === 'Status') response.statusCode = Number(value.slice(0, 3));
        else response.setHeader(name, value);
      }
      response.end(out.subarray(end + 4));
    });
  };
}
