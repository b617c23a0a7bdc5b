import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type {
  GatewaySnapshot,
  SnapshotConsumer,
  SnapshotHttps,
  SnapshotKey,
  SnapshotLock,
  SnapshotRoute,
  SnapshotServer,
  SnapshotService,
} from '../contracts/snapshot/gateway-snapshot.ts';
import { durationToMs, sizeToBytes } from '../contracts/units.ts';
import { compileJwt } from './compile-jwt.ts';
import { compileValidation } from './compile-validation.ts';
import { parseListenEntry } from './listen-address.ts';
import { rateLimitNames } from './rate-limit-names.ts';

type Service = GatewayConfig['services'][number];

/** What holds where the configuration says nothing. */
const CONFIG_DEFAULTS = {
  listen: '127.0.0.1:8080',
  hsts: '365d',
  identityHeaders: {
    consumer: 'X-Nightlatch-Consumer',
    scopes: 'X-Nightlatch-Scopes',
    route: 'X-Nightlatch-Route',
  },
  limits: { body: '1MiB', headers: '16KiB', headerTimeout: '10s', idle: '30s', connectionsPerAddress: 100 },
  timeouts: { connect: '3s', response: '30s' },
  auth: 'required',
  mode: 'enforce',
} as const;

/**
 * Compiles a checked configuration into what the gateway runs on, with every default filled in and every unit spelled out.
 * Pure and deterministic. Throws `RangeError` for an address to listen on that `parseConfig` would refuse.
 */
export function compileSnapshot(
  config: GatewayConfig,
  options: { revision: number; lock: SnapshotLock | null },
): GatewaySnapshot {
  const bodyLimit = config.server?.limits?.body ?? CONFIG_DEFAULTS.limits.body;
  return {
    format: 1,
    revision: options.revision,
    server: compileServer(config.server ?? {}),
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
  };
}

function compileServer(server: NonNullable<GatewayConfig['server']>): SnapshotServer {
  const limits = { ...CONFIG_DEFAULTS.limits, ...withoutUndefined(server.limits ?? {}) };
  return {
    listen: (server.listen ?? [CONFIG_DEFAULTS.listen]).map((text) => {
      const address = parseListenEntry(text, server.https !== undefined && server.https !== 'off');
      if (address === null) throw new RangeError(`not an address to listen on: ${text}`);
      return address;
    }),
    https: compileHttps(server.https),
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
    },
  };
}

function compileHttps(https: NonNullable<GatewayConfig['server']>['https']): SnapshotHttps {
  if (https === undefined || typeof https === 'string') return https ?? 'off';
  return { certFile: https.cert, keyFile: https.key };
}

/** Browsers that were told to insist on HTTPS would be locked out by a certificate that they do not trust. */
function hstsSecondsOf({ https, hsts }: NonNullable<GatewayConfig['server']>): number | null {
  if (typeof https !== 'object' || hsts === 'off') return null;
  return Math.floor(durationToMs(hsts ?? CONFIG_DEFAULTS.hsts) / 1000);
}

function compileService(service: Service): SnapshotService {
  return {
    name: service.name,
    upstream: new URL(service.upstream).href.replace(/\/+$/, ''),
    preserveHost: service.preserveHost ?? false,
    connectTimeoutMs: durationToMs(service.timeouts?.connect ?? CONFIG_DEFAULTS.timeouts.connect),
    responseTimeoutMs: durationToMs(service.timeouts?.response ?? CONFIG_DEFAULTS.timeouts.response),
  };
}

function compileRoutes(service: Service, config: GatewayConfig, bodyLimit: string): SnapshotRoute[] {
  const defaults = config.defaults ?? {};
  const required: SnapshotRoute['auth'] = config.jwt === undefined ? ['apiKey'] : ['apiKey', 'jwt'];
  const ids = new Set<string>();
  return service.routes.map((route) => {
    const auth = route.auth ?? defaults.auth ?? CONFIG_DEFAULTS.auth;
    const names = rateLimitNames(route.rateLimit ?? []);
    const methods = unique(route.match.methods ?? []);
    const hostnames = unique((route.match.hostnames ?? []).map((name) => name.toLowerCase()));
    let id = routeId(methods, route.match.path);
    // Routes that differ by host name alone.
    if (ids.has(id)) id = `${id} ${hostnames.join(',')}`;
    ids.add(id);
    return {
      id,
      service: service.name,
      path: route.match.path,
      methods,
      hostnames,
      mode: route.mode ?? defaults.mode ?? CONFIG_DEFAULTS.mode,
      auth: auth === 'none' ? [] : auth === 'required' ? required : unique(auth.any),
      scopes: unique(route.scopes ?? []),
      rateLimits: (route.rateLimit ?? []).map((limit, index) => ({
        name: names[index] ?? limit.key,
        key: limit.key,
        quota: limit.quota,
        windowMs: durationToMs(limit.window),
      })),
      bodyLimitBytes: sizeToBytes(route.limits?.body ?? bodyLimit),
      ownership: route.ownership ?? null,
      validate: route.validate === undefined ? null : compileValidation(route.validate),
    };
  });
}

/** `GET /orders/{id}`, `GET,POST /orders`; `ANY /orders` when the route takes every method. */
export function routeId(methods: readonly string[], path: string): string {
  return `${methods.length === 0 ? 'ANY' : methods.join(',')} ${path}`;
}

function compileConsumer(consumer: NonNullable<GatewayConfig['consumers']>[number]): SnapshotConsumer {
  return {
    name: consumer.name,
    attributes: consumer.attributes ?? {},
    scopes: unique(consumer.scopes ?? []),
  };
}

/** Ids that occur under several consumers get the consumer's name in front, as the gateway tells keys apart by id alone. */
function compileKeys(consumers: NonNullable<GatewayConfig['consumers']>): SnapshotKey[] {
  const uses = new Map<string, number>();
  for (const key of consumers.flatMap((consumer) => consumer.keys ?? [])) uses.set(key.id, (uses.get(key.id) ?? 0) + 1);
  return consumers.flatMap((consumer) =>
    (consumer.keys ?? []).map((key) => ({
      id: uses.get(key.id) === 1 ? key.id : `${consumer.name}/${key.id}`,
      consumer: consumer.name,
      hash: key.hash.slice('sha256:'.length),
      expiresAt: key.expires === undefined ? null : endOf(key.expires),
      revoked: false,
      scopes: key.scopes === undefined ? null : unique(key.scopes),
    })),
  );
}

const DAY_MS = 86_400_000;

/** A date holds until its last millisecond, UTC; a moment until itself. */
function endOf(expires: string): number {
  const start = Date.parse(expires);
  return expires.includes('T') ? start : start + DAY_MS - 1;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as never;
}
