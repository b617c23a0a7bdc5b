import { generateKeyPairSync, sign } from 'node:crypto';
import type { GatewayConfig } from '../../src/contracts/config/gateway-config.ts';
import type { Load } from '../load/wrk.ts';
import { LIMIT, nightlatchTarget, shopConfig } from './nightlatch.ts';
import { GET, GET_PATH } from './shop.ts';

const CUSTOMER_ID = '4711';
const ISSUER = 'https://id.example';
const AUDIENCE = 'shop';
/** Longer than any run. */
const TOKEN_SECONDS = 12 * 3600;

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** The GET with a query, so that there is something to validate. */
export const GET_WITH_QUERY: Load = { ...GET, path: `${GET_PATH}${CUSTOMER_ID}?view=full&page=2` };

/** The same GET by a caller that shows a token. */
export const GET_WITH_TOKEN: Load = { ...GET, headers: { Authorization: `Bearer ${token()}` } };

/** Every policy that can speak on a GET, at once. */
export const nightlatchEverything = nightlatchTarget({
  id: 'nightlatch-everything',
  label: 'Nightlatch gateway, all policies',
  config: everythingConfig,
});

export function everythingConfig(upstream: string): GatewayConfig {
  const config = shopConfig(upstream);
  const all: Partial<GatewayConfig['services'][number]['routes'][number]> = {
    scopes: ['customers:read'],
    ownership: { param: 'customerId', equals: 'consumer.attributes.customerId' },
    rateLimit: [{ ...LIMIT, key: 'address' }, LIMIT, { ...LIMIT, key: 'route' }],
    validate: {
      mode: 'enforce',
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { view: { enum: ['full', 'short'] }, page: { type: 'integer', minimum: 1 } },
      },
    },
  };
  return {
    ...config,
    services: config.services.map((service) => ({
      ...service,
      routes: service.routes.map((route) => (route.match.path.startsWith(GET_PATH) ? { ...route, ...all } : route)),
    })),
    consumers: (config.consumers ?? []).map((consumer) => ({
      ...consumer,
      scopes: ['customers:read'],
      attributes: { customerId: CUSTOMER_ID },
    })),
    responseGuard: { mode: 'monitor', personalData: 'count' },
    bans: { mode: 'enforce' },
  };
}

/** A token in the key's place; verified once, remembered from then on. */
export const nightlatchToken = nightlatchTarget({
  id: 'nightlatch-token',
  label: 'Nightlatch gateway, token (ES256)',
  config(upstream) {
    const config = shopConfig(upstream);
    const jwks = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', kty: 'EC' }] };
    return {
      ...config,
      services: config.services.map((service) => ({
        ...service,
        routes: service.routes.map((route) => ({ ...route, auth: { any: ['jwt' as const] } })),
      })),
      jwt: { issuers: [{ issuer: ISSUER, audience: AUDIENCE, algorithms: ['ES256'], jwks }] },
    };
  },
});

function token(): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'ann', iat: now, exp: now + TOKEN_SECONDS };
  const text = `${part({ alg: 'ES256', kid: 'k1' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
