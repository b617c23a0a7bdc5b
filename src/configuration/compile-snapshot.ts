import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { SnapshotLock } from '../contracts/snapshot/snapshot-lock.ts';
import { compileConsumer, compileKeys } from './compile-consumers.ts';
import { compileJwt } from './compile-jwt.ts';
import { compileOutbound, outboundListen } from './compile-outbound.ts';
import { compileServer } from './compile-server.ts';
import { compileRoutes, compileService } from './compile-service.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';

/**
 * Compiles a checked configuration into what the gateway runs on, with every default filled in and every unit spelled out.
 * Pure and deterministic. Throws `RangeError` for an address to listen on that `parseConfig` would refuse.
 */
export function compileSnapshot(
  config: GatewayConfig,
  options: { revision: number; lock: SnapshotLock | null },
): GatewaySnapshot {
  const bodyLimit = config.server?.limits?.body ?? CONFIG_DEFAULTS.limits.body;
  const server = compileServer(config.server ?? {});
  return {
    format: 1,
    revision: options.revision,
    server: { ...server, listen: [...server.listen, ...outboundListen(config)] },
    services: config.services.map(compileService),
    routes: config.services.flatMap((service) => compileRoutes(service, config, bodyLimit)),
    consumers: (config.consumers ?? []).map(compileConsumer),
    keys: compileKeys(config.consumers ?? []),
    lock: options.lock,
    blocklist:
      config.blocklist === undefined
        ? null
        : { deny: config.blocklist.deny ?? [], allow: config.blocklist.allow ?? [] },
    jwtIssuers: compileJwt(config.jwt),
    vendors: compileOutbound(config, bodyLimit),
  };
}
