import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';
import { nightlatch } from '../../fixtures/nightlatch.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { startUpstream } from '../../fixtures/upstream.ts';
import { startGateway } from '../gateway/start-gateway.ts';

/** Unresolved secret used literally (APISIX `$ENV://`): where a secret is missing, nothing is put in its place. */
const NOT_THERE = { env: 'NIGHTLATCH_TEST_NOT_THERE' };
type Part = Partial<GatewayConfig>;

const CASES: [string, Part][] = [
  [
    'a vendor',
    {
      outbound: [
        { name: 'stripe', host: 'api.stripe.com', consumers: ['web-shop'], secret: NOT_THERE, allow: ['GET /v1/*'] },
      ],
    },
  ],
  ['a webhook', { webhooks: { stripe: { secrets: [NOT_THERE] } } }],
  [
    'an authorization server',
    {
      oauth2: {
        introspection: [{ url: 'http://127.0.0.1:9/introspect', clientId: 'gateway', clientSecret: NOT_THERE }],
      },
    },
  ],
];

async function shop() {
  const upstream = await startUpstream();
  return {
    services: [{ name: 's', upstream: upstream.url, routes: [{ match: { path: '/*' }, auth: 'none' as const }] }],
    consumers: [{ name: 'web-shop' }],
  };
}

describe('the missing secret of', () => {
  it.each(CASES)('%s: the configuration is refused, and the one before stays', async (_, part) => {
    const config = await shop();
    const gateway = await startGateway(config);
    await expect(gateway.apply({ ...config, ...part })).rejects.toMatchObject({
      code: 'secret-missing',
      message: expect.stringContaining(NOT_THERE.env),
    });
    expect((await fetch(gateway.url)).status).toBe(200);
    expect(gateway.gateway.snapshot()?.revision).toBe(1);
  });

  it.each(CASES)('%s: the program does not start, and says which is missing', async (_, part) => {
    const folder = temporaryFolder();
    const file = join(folder, 'nightlatch.json');
    const server = { listen: ['127.0.0.1:0'], outboundListen: ['127.0.0.1:0'] };
    writeFileSync(file, JSON.stringify({ version: 1, server, ...(await shop()), ...part }));
    const outcome = await nightlatch(['gateway', '--config', file, '--data', join(folder, 'data')]);
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain(NOT_THERE.env);
  });
});

it('a secret written into the file, or as a word that looks like a reference, is refused', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'nightlatch.json');
  for (const secret of ['$ENV://STRIPE_KEY', '$STRIPE_KEY', 'sk_live_1234']) {
    const outbound = [
      { name: 'stripe', host: 'api.stripe.com', consumers: ['web-shop'], secret, allow: ['GET /v1/*'] },
    ];
    writeFileSync(file, JSON.stringify({ version: 1, ...(await shop()), outbound }));
    const outcome = await nightlatch(['config', 'check', file]);
    expect(outcome.code, secret).toBe(1);
    expect(outcome.stdout + outcome.stderr).toMatch(/outbound\[0\]\.secret[\s\S]*1 fault/);
  }
});
