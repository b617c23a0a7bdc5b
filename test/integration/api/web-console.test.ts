import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.ts';

const PAGE =
  '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="/assets/a-Zx81k2Qp.js"></script>';
const SCRIPT = `console.log(${JSON.stringify('word '.repeat(2000))});`;

let folder: string;
let api: TestApi;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nightlatch-console-'));
  mkdirSync(join(folder, 'built', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'built', 'index.html'), PAGE);
  writeFileSync(join(folder, 'built', 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, 'built', 'assets', 'a-Zx81k2Qp.js'), SCRIPT);
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  api = await startTestApi({ consoleFolder: join(folder, 'built') });
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  fetch(api.url + path, { headers });

test.each(['/', '/activity', '/front-door/shop', '/index.html'])(
  '%s is the page with a policy of its own',
  async (path) => {
    const [first, second] = await Promise.all([get(path), get(path)]);
    expect(first.status).toBe(200);
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([A-Za-z0-9+/=]{24})'/.exec(policy)?.[1];
    expect(await first.text()).toBe(PAGE.replaceAll('__CSP_NONCE__', String(nonce)));
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(second.headers.get('content-security-policy')).not.toBe(policy);
    expect(first.headers.get('cache-control')).toBe('no-store');
  },
);

test('every answer carries the protective header fields', async () => {
  for (const path of ['/', '/api/state', '/api/nothing', '/assets/a-Zx81k2Qp.js']) {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
});

test('answers of the API are not kept by anybody', async () => {
  expect((await get('/api/state')).headers.get('cache-control')).toBe('no-store');
});

test.each(['br', 'gzip'])('a hashed file is kept for ever and compressed with %s', async (encoding) => {
  const answer = await get('/assets/a-Zx81k2Qp.js', { 'accept-encoding': encoding });
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(Number(answer.headers.get('content-length'))).toBeLessThan(SCRIPT.length / 2);
  expect(await answer.text()).toBe(SCRIPT);
});

test('who wants no compression gets none', async () => {
  const answer = await get('/assets/a-Zx81k2Qp.js', { 'accept-encoding': 'br;q=0, identity' });
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.text()).toBe(SCRIPT);
});

test('an unchanged file is not sent again', async () => {
  const etag = (await get('/icon.svg')).headers.get('etag') ?? '';
  const again = await get('/icon.svg', { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test.each([
  ['/assets/missing.js', '*/*'],
  ['/../secret.txt', '*/*'],
  ['/..%2fsecret.txt', '*/*'],
  ['/api/nothing', 'text/html'],
  ['/api', 'text/html'],
])('%s is not found', async (path, accept) => {
  const answer = await get(path, { accept });
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('outside');
});

test('a missing console is said plainly', async () => {
  const bare = await startTestApi({ consoleFolder: join(folder, 'nowhere') });
  const answer = await fetch(bare.url, { headers: { accept: 'text/html' } });
  expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'console-not-built' }]);
  await bare.close();
});
