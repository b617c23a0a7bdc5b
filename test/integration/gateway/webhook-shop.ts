import type { IncomingHttpHeaders } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { startUpstream } from '../../fixtures/upstream.ts';
import { bodyFor, MAILCHIMP_URL, SECRETS, send, sign, typeFor, VENDORS, type VendorName } from './signed-webhooks.ts';
import { keyFor, startGateway } from './start-gateway.ts';

export const key = keyFor();
const WIDE = { body: { type: 'object', properties: { id: { type: 'string' } } } };

/** A route for each vendor, with every policy that looks at bodies, and an application that remembers what reached it. */
export async function webhookShop(extra: Record<string, Record<string, unknown>> = {}) {
  onTestFinished(() => void vi.unstubAllEnvs());
  let ahead = 0;
  let answer = 200;
  const bodies: Buffer[] = [];
  const seen: IncomingHttpHeaders[] = [];
  const upstream = await startUpstream(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(Buffer.concat(chunks));
    seen.push(request.headers);
    response.writeHead(answer).end('taken');
  });
  const webhooks = Object.fromEntries(
    VENDORS.map((vendor) => {
      vi.stubEnv(`TEST_${vendor.toUpperCase()}_SECRET`, SECRETS[vendor]);
      const url = vendor === 'mailchimp' ? { url: MAILCHIMP_URL } : {};
      return [vendor, { secrets: [{ env: `TEST_${vendor.toUpperCase()}_SECRET` }], ...url, ...extra[vendor] }];
    }),
  );
  const limits = { rateLimit: [{ key: 'body.id', quota: 10_000, window: '60s' }] };
  const config = {
    services: [
      {
        name: 'shop',
        upstream: upstream.url,
        routes: [
          ...VENDORS.map((vendor) => ({
            match: { path: `/${vendor}`, methods: ['POST'] },
            auth: { any: [`webhook:${vendor}` as const] },
            ...(vendor === 'mailchimp' ? {} : { ...limits, validate: { mode: 'monitor' as const, ...WIDE } }),
          })),
          { match: { path: '/both' }, auth: { any: ['apiKey' as const, 'webhook:stripe' as const] } },
          { match: { path: '/packed' }, auth: { any: ['webhook:shopify' as const] } },
          { match: { path: '/small' }, auth: { any: ['webhook:github' as const] }, limits: { body: '64B' } },
          { match: { path: '/scoped' }, auth: { any: ['webhook:github' as const] }, scopes: ['events:write'] },
        ],
      },
    ],
    consumers: [{ name: 'web-shop', keys: [key.config] }],
    webhooks,
  };
  const gateway = await startGateway(config, { clock: { now: () => Date.now() + ahead } });
  return {
    ...{ gateway, config, bodies, seen },
    forward: (ms: number) => (ahead += ms),
    answers: (status: number) => (answer = status),
    post: async (vendor: VendorName, how: Parameters<typeof sign>[2] = {}, path: string = vendor) =>
      send(`${gateway.url}/${path}`, await sign(vendor, bodyFor(vendor), how), bodyFor(vendor), {
        type: typeFor(vendor),
      }),
  };
}
