import { Pool } from 'undici';
import type { SnapshotService } from '../../contracts/snapshot/snapshot-service.ts';

/** Where a service runs, with its pool of connections. */
export type Upstream = {
  readonly origin: string;
  /** Put before every path; empty or "/base" without a trailing slash. */
  readonly basePath: string;
  readonly host: string;
  readonly secure: boolean;
  readonly preserveHost: boolean;
  readonly responseTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly pool: Pool;
};

/** All upstreams of the gateway. Pools outlive a snapshot, so that a reload keeps warm connections. */
export type Upstreams = {
  acquire(service: SnapshotService): Upstream;
  /** Ends the pools that no current service uses, once their requests are done. */
  retain(services: readonly SnapshotService[]): void;
  close(): Promise<void>;
};

const MAX_CONNECTIONS = 256;

export function createUpstreams(): Upstreams {
  const pools = new Map<string, Pool>();
  return {
    acquire(service) {
      const url = new URL(service.upstream);
      const key = poolKey(service);
      let pool = pools.get(key);
      if (pool === undefined) {
        pool = new Pool(url.origin, {
          connections: MAX_CONNECTIONS,
          pipelining: 1,
          connect: { timeout: service.connectTimeoutMs },
          headersTimeout: service.responseTimeoutMs,
          keepAliveTimeout: 4_000,
          allowH2: false,
        });
        pools.set(key, pool);
      }
      return {
        origin: url.origin,
        basePath: url.pathname.replace(/\/+$/, ''),
        host: url.host,
        secure: url.protocol === 'https:',
        preserveHost: service.preserveHost,
        responseTimeoutMs: service.responseTimeoutMs,
        connectTimeoutMs: service.connectTimeoutMs,
        pool,
      };
    },
    retain(services) {
      const wanted = new Set(services.map(poolKey));
      for (const [key, pool] of pools) {
        if (wanted.has(key)) continue;
        pools.delete(key);
        void pool.close();
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function poolKey(service: SnapshotService): string {
  return `${new URL(service.upstream).origin} ${service.connectTimeoutMs} ${service.responseTimeoutMs}`;
}
