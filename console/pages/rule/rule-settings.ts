import type { GatewayConfig } from '../../../src/contracts/config/gateway-config.ts';

type RouteConfig = GatewayConfig['services'][number]['routes'][number];

/** What the configuration says of a route beyond what its form has; read as it comes, it may be newer than this page. */
export type RuleSettings = Partial<Omit<RouteConfig, 'match' | 'scopes' | 'mode'>>;
