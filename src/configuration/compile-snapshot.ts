import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotLock } from '../contracts/snapshot/snapshot-lock.ts';
import { compileConsumer, compileKeys } from './compile-consumers.ts';
import { compileDrafts } from './compile-drafts.ts';
import { compileExceptions } from './compile-exceptions.ts';
import { compileJwt } from './compile-jwt.ts';
import { compileBans } from './compile-limits.ts';
import { compileOAuth2 } from './compile-oauth2.ts';
import { compileOpenapi } from './compile-openapi.ts';
import { compileOutbound, outboundListen } from './compile-outbound.ts';
import { compileAnswers } from './compile-response-guard.ts';
import { compileServer } from './compile-server.ts';
import { compileRoutes, compileService } from './compile-service.ts';
import { compileWebhooks } from './compile-webhooks.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';

/**
 * Compiles a checked configuration into what the gateway runs on, with every default filled in and every unit spelled out.
 * Pure and deterministic. Throws `RangeError` for an address to listen on that `parseConfig` would refuse.
 */
export function compileSnapshot(
  config: GatewayConfig,
  options: { revision: number; lock: SnapshotLock | null; drafts?: 'on' | 'off' },
): GatewaySnapshot {
  const bodyLimit = config.server?.limits?.body ?? CONFIG_DEFAULTS.limits.body;
  const server = compileServer(config.server ?? {});
  const described = config.services.map((service) => ({ service, ...compileOpenapi(service, config.defaults) }));
  return {
    format: 1,
    revision: options.revision,
    server: { ...server, listen: [...server.listen, ...outboundListen(config)] },
    services: described.map(({ service, schemas }) => compileService(service, schemas)),
    routes: described.flatMap(({ service, routes }) => compileRoutes(service, routes, config, bodyLimit)),
    consumers: (config.consumers ?? []).map(compileConsumer),
    keys: compileKeys(config.consumers ?? []),
    lock: options.lock,
    blocklist:
      config.blocklist === undefined
        ? null
        : { deny: config.blocklist.deny ?? [], allow: config.blocklist.allow ?? [] },
    answers: compileAnswers(config.responseGuard),
    exceptions: compileExceptions(config.exceptions),
    jwtIssuers: compileJwt(config.jwt),
    introspection: compileOAuth2(config.oauth2),
    webhooks: compileWebhooks(config.webhooks),
    bans: compileBans(config.bans),
    vendors: compileOutbound(config, bodyLimit),
    drafts: compileDrafts(config.drafts, options.drafts ?? 'off'),
  };
}
