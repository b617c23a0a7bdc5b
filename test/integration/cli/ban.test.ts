import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { nightlatch, startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';

async function gatewayOf(routes: string) {
  const folder = temporaryFolder();
  const { url } = await startUpstream((request, response) => request.resume().on('end', () => response.end('ok')));
  const port = await freePort();
  const file = join(folder, 'nightlatch.yaml');
  const data = join(folder, 'data');
  writeFileSync(
    file,
    `version: 1\nserver: { listen: ["127.0.0.1:${port}"], trustedProxies: ["127.0.0.1"] }\nbans: { mode: enforce, attempts: 3 }\nservices:\n  - name: shop\n    upstream: ${url}\n    routes:\n${routes}`,
  );
  const start = async () => {
    const gateway = startNightlatch(['gateway', '--config', file, '--data', data]);
    await gateway.says('is in service');
    return gateway;
  };
  const call = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    (
      await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'X-Forwarded-For': '203.0.113.7', ...headers },
      })
    ).status;
  return { file, data, start, call };
}

test('ban list says who is kept out, ban lift lets in again', async () => {
  const { data, start, call } = await gatewayOf('      - match: { path: /x }\n');
  const ban = (...args: string[]) => nightlatch(['ban', ...args, '--data', data]);
  expect((await ban('list')).stderr).toContain('No gateway keeps its data');
  const gateway = await start();
  expect((await ban('list')).stdout).toBe('Nobody is kept out.\n');
  for (let i = 0; i < 4; i++) expect(await call('/x', { 'X-API-Key': createApiKey() })).toBe(401);
  expect(await call('/x')).toBe(403);
  expect((await ban('list')).stdout).toMatch(
    /^203\.0\.113\.7 {2}until 20\S+Z {2}kept out for 1 min after more than 3 /,
  );
  expect(await ban('lift', '203.0.113.9')).toMatchObject({ code: 0, stdout: '203.0.113.9 was not kept out.\n' });
  expect(await call('/x')).toBe(403);
  expect(await ban('lift', '203.0.113.7')).toMatchObject({ code: 0, stdout: '203.0.113.7 is let in again.\n' });
  expect(await call('/x')).toBe(401);
  await gateway.says('203.0.113.7 is let in again.');
  await gateway.end();
});

test('day quotas are kept over a stop and a start; the check names guarded log-ins', async () => {
  const { file, start, call } = await gatewayOf(
    '      - match: { path: /day }\n        auth: none\n        rateLimit: [{ key: address, quota: 3, per: day }]\n      - match: { path: /login }\n        auth: none\n',
  );
  const check = await nightlatch(['config', 'check', file]);
  expect(check).toMatchObject({ code: 0, stderr: expect.stringContaining('[login-protected]') });
  expect(check.stderr).toContain('5 from one address and 5 for one account may be tried per minute');
  const before = await start();
  for (let i = 0; i < 2; i++) expect(await call('/day')).toBe(200);
  await before.end();
  const after = await start();
  // At midnight the second of them would pass; then the test was right and the day was new.
  expect([await call('/day'), await call('/day')]).toEqual([200, 429]);
  await after.end();
});
