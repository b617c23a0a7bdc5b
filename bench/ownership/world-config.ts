import type { GatewayConfig } from '../../src/contracts/config/gateway-config.ts';

/** Those who have keys. `office` is declared as reading everybody's, the others are not. */
export const CONSUMERS = {
  'web-shop': {},
  office: {},
  'second-office': {},
  'report-job': {},
  'new-office': {},
  'partner-a': {},
  'partner-b': {},
  'partner-c': {},
} as const;

type Input = {
  readonly mode: 'monitor' | 'enforce';
  readonly shop: string;
  readonly store: string;
  readonly hashes: ReadonlyMap<string, string>;
  readonly jwk: { kty: string };
};

/** The gateway of the practice shop, with tokens for people and keys for programs. Nothing but what is learnt stops anybody. */
export function worldConfig({ mode, shop, store, hashes, jwk }: Input): GatewayConfig {
  const ownership = {
    learn: { mode, subject: 'header.X-User', frontEnds: ['web-shop'], exempt: ['office'] },
  };
  return {
    version: 1,
    server: { listen: ['127.0.0.1:0'] },
    jwt: { issuers: [{ issuer: 'https://id.example', audience: 'shop', jwks: { keys: [jwk] } }] },
    services: [
      {
        name: 'shop',
        upstream: shop,
        ownership,
        routes: [
          { match: { path: '/api/orders', methods: ['GET', 'POST'] } },
          { match: { path: '/api/orders/{orderId}', methods: ['GET'] } },
          { match: { path: '/api/orders/{orderId}/tracking', methods: ['GET'] } },
          { match: { path: '/api/customers', methods: ['GET', 'POST'] } },
          { match: { path: '/api/customers/{customerId}', methods: ['GET', 'PATCH'] } },
          { match: { path: '/api/products', methods: ['GET'] } },
          { match: { path: '/api/products/{productId}', methods: ['GET'] } },
        ],
      },
      {
        name: 'documents',
        upstream: store,
        ownership,
        routes: [
          { match: { path: '/documents', methods: ['POST'] } },
          { match: { path: '/documents/{documentId}', methods: ['GET'] } },
        ],
      },
    ],
    consumers: [...hashes].map(([name, hash]) => ({ name, keys: [{ id: 'k1', hash: `sha256:${hash}` }] })),
  };
}
