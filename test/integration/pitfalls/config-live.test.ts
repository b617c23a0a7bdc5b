import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createApiKey } from '../../../src/platform/api-key.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { nightlatch, startNightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGuardedShop } from '../control-plane/guarded-shop.ts';

/*
 * "Saved, but not live": gateways that say a configuration is in force while the old one still is, or none at all
 * (bunkerity/bunkerweb#2051, traefik/traefik#11602). Here "in service" is said once the gateway runs it and it was looked at.
 */

describe('under a control plane', () => {
  test('what is wrong is refused with its line, and the old configuration stays live', async () => {
    const { plane, order } = await startGuardedShop();
    const yaml = await plane.exportYaml();
    const bad = await plane.call('POST', '/api/config/apply', { yaml: yaml.replace('auth: required', 'auht: none') });
    expect(bad).toMatchObject({ status: 422, body: { code: 'config-invalid' } });
    expect(bad.body.faults[0]).toMatchObject({ place: expect.stringMatching(/^line \d+/) });
    expect(await plane.exportYaml()).toBe(yaml);
    expect(await order()).toBe(200);
  });

  test('a gateway that cannot take it over: the revision before is live again, and the reason is said', async () => {
    const { plane, order } = await startGuardedShop();
    const yaml = await plane.exportYaml();
    const missing = yaml.replace('server:\n', 'server:\n  https: { cert: /nowhere/cert.pem, key: /nowhere/key.pem }\n');
    const refused = await plane.call('POST', '/api/config/apply', { yaml: missing });
    expect(refused).toMatchObject({ status: 409, body: { code: 'config-gone-back' } });
    expect(refused.body.detail).toContain('The gateway did not take it over');
    expect(await plane.exportYaml()).toBe(yaml);
    expect(await order()).toBe(200);
  });

  test('a service that does not answer: back, with keys and names as they were', async () => {
    const { plane, order, upstream } = await startGuardedShop();
    const [yaml, keys] = [await plane.exportYaml(), (await plane.call('GET', '/api/keys')).body.items];
    const nowhere = yaml.slice(0, yaml.indexOf('consumers:')).replace(upstream, `http://127.0.0.1:${await freePort()}`);
    const silent = await plane.call('POST', '/api/config/apply', { yaml: nowhere });
    expect(silent).toMatchObject({ status: 409, body: { code: 'config-gone-back' } });
    expect(silent.body.detail).toMatch(/^The service "shop" does not answer at .* \(refused\)\.$/);
    expect(await plane.exportYaml()).toBe(yaml);
    expect((await plane.call('GET', '/api/keys')).body.items).toMatchObject(keys.map(({ hint, id }) => ({ hint, id })));
    expect(await order()).toBe(200);

    const applied = await plane.call('POST', '/api/config/apply', { yaml: nowhere, probe: false });
    expect(applied.body.change).toMatchObject({ live: true });
    expect(await order()).toBe(401);
  });
});

async function lone() {
  const folder = temporaryFolder();
  const [upstream, port, admin] = [await startUpstream(), await freePort(), await freePort()];
  const key = createApiKey();
  const hash = `sha256:${createHash('sha256').update(key).digest('hex')}`;
  const yaml = (
    route: string,
    upstreamUrl = upstream.url,
    callers = `  - name: web\n    keys: [{ id: k1, hash: "${hash}" }]\n`,
  ) =>
    `version: 1\nserver: { listen: ["127.0.0.1:${port}"] }\nservices:\n  - name: shop\n    upstream: ${upstreamUrl}\n    routes:\n      - match: { path: /orders }${route}\nconsumers:\n${callers}`;
  const [file, next, data] = [join(folder, 'nightlatch.yaml'), join(folder, 'next.yaml'), join(folder, 'data')];
  writeFileSync(file, yaml(''));
  const gateway = startNightlatch(['gateway', '--config', file, '--data', data, '--admin', `127.0.0.1:${admin}`]);
  await gateway.says('is in service');
  const config = (...args: string[]) => nightlatch(['config', ...args, '--data', data]);
  const status = async (secret = key) =>
    (await fetch(`http://127.0.0.1:${port}/orders`, { headers: { 'x-api-key': secret } })).status;
  return { file, next, data, yaml, key, gateway, config, status };
}

describe('a gateway that runs alone', () => {
  test('plan, apply, history, rollback: each says what is live, and is right', async () => {
    const { file, next, data, yaml, config, status } = await lone();
    expect(await status()).toBe(200);
    writeFileSync(next, yaml('\n        scopes: [orders]'));

    const plan = await config('plan', next, '--json');
    expect(plan.code).toBe(0);
    expect(JSON.parse(plan.stdout)).toMatchObject({
      changes: ['ANY /orders: now needs the permission orders'],
      ...{ calls: 1, turnedAwayCalls: 1 },
      turnedAway: [{ consumer: 'web', route: 'ANY /orders', code: 'scope-missing', calls: 1 }],
    });
    expect((await config('plan', next)).stdout).toContain(
      '1 of 1 recorded call of the last 7 days would have been turned away by it:\n  web · ANY /orders · Not allowed (scope-missing, needs orders) · 1 call',
    );

    const unasked = await config('apply', next);
    expect(unasked).toMatchObject({ code: 1, stderr: expect.stringContaining('Add --yes if that is meant') });
    expect(await status()).toBe(200);

    const applied = await config('apply', next, '--yes');
    expect(applied).toMatchObject({ code: 0, stdout: 'In service (revision 2 of the file).\n' });
    expect(await status()).toBe(403);
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(next, 'utf8'));
    expect((await config('history')).stdout).toMatch(
      /^2 {2}.*, in force\n {2}ANY \/orders: now needs the permission orders\n1 {2}/,
    );

    expect((await config('rollback')).stdout).toContain('Back to the rules of revision 1. In service');
    expect(await status()).toBe(200);
    expect(readdirSync(join(data, 'revisions'))).toHaveLength(6);
  });

  test('a rollback does not bring a key back that was taken out since', async () => {
    const { next, yaml, config, status, key } = await lone();
    writeFileSync(next, yaml('', undefined, '  - name: till\n'));
    expect(await config('apply', next, '--yes')).toMatchObject({ code: 0 });
    expect(await status(key)).toBe(401);
    writeFileSync(next, yaml('\n        mode: monitor', undefined, '  - name: till\n'));
    expect(await config('apply', next, '--yes')).toMatchObject({ code: 0 });
    expect(await config('rollback', '1', '--yes')).toMatchObject({ code: 0 });
    expect(await status(key)).toBe(401);
  });

  test('a bad file, a missing certificate, a silent service: refused with the reason, the old one stays live', async () => {
    const { file, next, yaml, config, status } = await lone();
    const before = readFileSync(file, 'utf8');
    const refused = async (text: string, reason: string) => {
      writeFileSync(next, text);
      expect(await config('apply', next, '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining(reason) });
      expect(readFileSync(file, 'utf8')).toBe(before);
      expect(await status()).toBe(200);
    };
    await refused(yaml('\n        auht: none'), `${next}:8:9: There is no key "auht"`);
    const cert = before.replace('server: {', 'server: { https: { cert: none.pem, key: none.pem },');
    await refused(cert, 'What was in force before is in force again');
    await refused(cert, 'What was in force before is in force again');
    await refused(yaml('', `http://127.0.0.1:${await freePort()}`), 'The service "shop" does not answer');
  });

  test('without a gateway that runs, the file is put in place and nobody says that it is live', async () => {
    const { file, next, yaml, config, gateway } = await lone();
    await gateway.end();
    writeFileSync(next, yaml('\n        mode: monitor'));
    expect((await config('apply', next)).stdout).toContain('it takes effect with the next start');
    expect(readFileSync(file, 'utf8')).toContain('monitor');
  });
});
