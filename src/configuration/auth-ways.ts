import type { AuthWay, RouteWay } from '../contracts/config/auth-way.ts';
import type { GatewayConfig } from '../contracts/config/gateway-config.ts';

type NamedAuth = Extract<GatewayConfig['services'][number]['routes'][number]['auth'], object>;

/** The ways that a route names, in its own order. */
export function namedWays(auth: NamedAuth): RouteWay[] {
  return 'any' in auth ? auth.any : auth.all;
}

/** What `auth: required` lets in: keys, and every other way for which the configuration holds what it takes. */
export function configuredWays(config: GatewayConfig): AuthWay[] {
  const consumers = config.consumers ?? [];
  const set: Record<Exclude<AuthWay, 'apiKey'>, boolean> = {
    jwt: config.jwt !== undefined,
    oauth2: config.oauth2 !== undefined,
    basic: consumers.some(({ basic }) => (basic ?? []).length > 0),
    mtls: config.server?.clientCertificates !== undefined,
  };
  return ['apiKey', ...(Object.keys(set) as (keyof typeof set)[]).filter((way) => set[way])];
}
