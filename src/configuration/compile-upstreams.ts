import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { UpstreamConfig } from '../contracts/config/upstream-config.ts';
import type { SnapshotBreaker, SnapshotHealth, SnapshotUpstream } from '../contracts/snapshot/snapshot-service.ts';
import { durationToMs } from '../contracts/units.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';

type Service = GatewayConfig['services'][number];

/** All upstreams of a service, whichever way they are written; at least one. */
export function listUpstreams(written: UpstreamConfig): SnapshotUpstream[] {
  const list = typeof written === 'string' ? [written] : written;
  return list.map((entry) =>
    typeof entry === 'string'
      ? { url: normal(entry), weight: 1 }
      : { url: normal(entry.url), weight: entry.weight ?? 1 },
  );
}

const normal = (url: string): string => new URL(url).href.replace(/\/+$/, '');

export function compileHealth(health: Service['health']): SnapshotHealth | null {
  if (health === undefined) return null;
  const defaults = CONFIG_DEFAULTS.health;
  const [from = 200, to = from] = String(health.status ?? defaults.status)
    .split('-')
    .map(Number);
  return {
    path: health.path,
    intervalMs: durationToMs(health.interval ?? defaults.interval),
    timeoutMs: durationToMs(health.timeout ?? defaults.timeout),
    healthyAfter: health.healthyAfter ?? defaults.healthyAfter,
    unhealthyAfter: health.unhealthyAfter ?? defaults.unhealthyAfter,
    statusFrom: from,
    statusTo: to,
  };
}

export function compileBreaker(breaker: Service['breaker']): SnapshotBreaker | null {
  if (breaker === undefined) return null;
  const defaults = CONFIG_DEFAULTS.breaker;
  return {
    failures: breaker.failures ?? defaults.failures,
    windowMs: durationToMs(breaker.window ?? defaults.window),
    openMs: durationToMs(breaker.open ?? defaults.open),
  };
}
