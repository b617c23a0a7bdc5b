import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { SnapshotHttps, SnapshotServer } from '../contracts/snapshot/snapshot-server.ts';
import { durationToMs, sizeToBytes } from '../contracts/units.ts';
import { compileAcme } from './compile-acme.ts';
import { CONFIG_DEFAULTS } from './config-defaults.ts';
import { parseListenEntry } from './listen-address.ts';
import { unique } from './unique.ts';

/** Compiles the `server` section. Throws `RangeError` for an address to listen on that `parseConfig` would refuse. */
export function compileServer(server: NonNullable<GatewayConfig['server']>): SnapshotServer {
  const limits = { ...CONFIG_DEFAULTS.limits, ...withoutUndefined(server.limits ?? {}) };
  const listen = (server.listen ?? [CONFIG_DEFAULTS.listen]).map((text) => {
    const address = parseListenEntry(text, server.https !== undefined && server.https !== 'off');
    if (address === null) throw new RangeError(`not an address to listen on: ${text}`);
    return address;
  });
  return {
    listen,
    https: compileHttps(server.https),
    clientCertificates:
      server.clientCertificates === undefined
        ? null
        : { caFile: server.clientCertificates.ca, crlFile: server.clientCertificates.crl ?? null },
    acme: server.https === 'auto' ? compileAcme(server.acme ?? {}, listen) : null,
    http2: compileHttp2(server.http2),
    hstsSeconds: hstsSecondsOf(server),
    hostnames: unique((server.hostnames ?? []).map((name) => name.toLowerCase())),
    trustedProxies: server.trustedProxies ?? [],
    identityHeaders: { ...CONFIG_DEFAULTS.identityHeaders, ...withoutUndefined(server.identityHeaders ?? {}) },
    limits: {
      bodyBytes: sizeToBytes(limits.body),
      headersBytes: sizeToBytes(limits.headers),
      headerTimeoutMs: durationToMs(limits.headerTimeout),
      idleTimeoutMs: durationToMs(limits.idle),
      connectionsPerAddress: limits.connectionsPerAddress,
      streams: limits.streams,
    },
    legacyRateLimitHeaders: server.legacyRateLimitHeaders ?? false,
  };
}

function compileHttps(https: NonNullable<GatewayConfig['server']>['https']): SnapshotHttps {
  if (https === undefined || typeof https === 'string') return https ?? 'off';
  return { certFile: https.cert, keyFile: https.key };
}

function compileHttp2(http2: NonNullable<GatewayConfig['server']>['http2']): SnapshotServer['http2'] {
  if (typeof http2 === 'object') return { tls: true, cleartext: http2.cleartext };
  return { tls: http2 ?? true, cleartext: false };
}

/** Browsers that were told to insist on HTTPS would be locked out by a certificate that they do not trust. */
function hstsSecondsOf({ https, hsts }: NonNullable<GatewayConfig['server']>): number | null {
  if ((typeof https !== 'object' && https !== 'auto') || hsts === 'off') return null;
  return Math.floor(durationToMs(hsts ?? CONFIG_DEFAULTS.hsts) / 1000);
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}
