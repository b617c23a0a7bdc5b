import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createAuthority } from '../../fixtures/certificates.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';

test('certificate files beside the configuration, refused by name when they do not fit, and curl through the redirect', async () => {
  const folder = temporaryFolder();
  const authority = createAuthority();
  const shop = authority.issue('shop', ['localhost']);
  const other = authority.issue('other', ['localhost']);
  copyFileSync(shop.certFile, join(folder, 'shop.crt'));
  copyFileSync(shop.keyFile, join(folder, 'shop.key'));
  copyFileSync(other.keyFile, join(folder, 'other.key'));
  const upstream = await startUpstream();
  const [port, plain] = [await freePort(), await freePort()];
  const file = join(folder, 'nightlatch.yaml');
  const yaml = (key: string) =>
    `version: 1\nserver:\n  listen: ["127.0.0.1:${port}", "http://127.0.0.1:${plain}"]\n  https: { cert: shop.crt, key: ${key} }\nservices:\n  - name: shop\n    upstream: ${upstream.url}\n    routes: [{ match: { path: /orders }, auth: none }]\n`;
  writeFileSync(file, yaml('shop.key'));
  const gateway = startNightlatch(['gateway', '--config', file, '--data', join(folder, 'data')]);
  await gateway.says(`Gateway https://127.0.0.1:${port}, http://127.0.0.1:${plain} is in service`);
  // The redirect leads to HTTPS's own port, which a test may not open: curl is told to knock at ours instead.
  const curl = async () => {
    const to = ['--connect-to', `localhost:443:127.0.0.1:${port}`, '--connect-to', `localhost:80:127.0.0.1:${plain}`];
    const trust = ['--cacert', join(authority.folder, 'root.pem')];
    return (await promisify(execFile)('curl', ['-sL', ...to, ...trust, 'http://localhost/orders?a=1'])).stdout;
  };
  expect(await curl()).toBe('upstream');
  expect(upstream.requests[0]).toMatchObject({ url: '/orders?a=1', headers: { 'x-forwarded-proto': 'https' } });
  writeFileSync(file, yaml('other.key'));
  await gateway.says(
    `The key in ${join(folder, 'other.key')} does not belong to the certificate in ${join(folder, 'shop.crt')}.`,
  );
  await gateway.says('The configuration before it stays in service.');
  expect(await curl()).toBe('upstream');
  expect(await gateway.end()).toMatchObject({ code: 0 });
});
