import type { SnapshotService } from '../../contracts/snapshot/snapshot-service.ts';
import type { Logger } from '../../platform/logger.ts';
import { connectShareMs, ServiceUpstreams } from './service-upstreams.ts';
import { Upstream, type UpstreamStatus } from './upstream.ts';

/** All upstreams of the gateway. They outlive a snapshot, so that a reload keeps warm connections and what is known of health. */
export type Upstreams = {
  acquire(service: SnapshotService): ServiceUpstreams;
  /** These services are in service now: their checks run, and upstreams that none of them names are let go. */
  retain(services: readonly SnapshotService[]): void;
  status(): UpstreamStatus[];
  close(): Promise<void>;
};

/** Requests that began with the configuration before may still be on their way to an upstream that has left it. */
const FAREWELL_MS = 60_000;

export function createUpstreams(logger: Logger): Upstreams {
  const known = new Map<string, Upstream>();
  const leaving = new Map<string, { upstream: Upstream; timer: NodeJS.Timeout }>();

  const upstreamFor = (service: SnapshotService, url: string): Upstream => {
    const key = keyOf(service, url);
    const gone = leaving.get(key);
    if (gone !== undefined) {
      clearTimeout(gone.timer);
      leaving.delete(key);
    }
    const upstream =
      known.get(key) ?? gone?.upstream ?? new Upstream(service.name, url, connectShareMs(service), logger);
    known.set(key, upstream);
    return upstream;
  };

  const letGo = (key: string, upstream: Upstream): void => {
    known.delete(key);
    upstream.stopChecks();
    const timer = setTimeout(() => {
      leaving.delete(key);
      void upstream.connections.close();
    }, FAREWELL_MS).unref();
    leaving.set(key, { upstream, timer });
  };

  return {
    acquire(service) {
      const members = listOf(service).map(({ url, weight }) => ({ upstream: upstreamFor(service, url), weight }));
      return new ServiceUpstreams(service, members);
    },
    retain(services) {
      const wanted = new Set<string>();
      for (const service of services) {
        const list = listOf(service);
        for (const { url } of list) {
          wanted.add(keyOf(service, url));
          upstreamFor(service, url).configure(service, connectShareMs(service), list.length === 1);
        }
      }
      for (const [key, upstream] of known) if (!wanted.has(key)) letGo(key, upstream);
    },
    status: () => [...known.values()].map((upstream) => upstream.status(performance.now())),
    async close() {
      const all = [...known.values(), ...[...leaving.values()].map(({ upstream }) => upstream)];
      for (const { timer } of leaving.values()) clearTimeout(timer);
      known.clear();
      leaving.clear();
      for (const upstream of all) upstream.stopChecks();
      await Promise.all(all.map((upstream) => upstream.connections.destroy()));
    },
  };
}

function listOf(service: SnapshotService) {
  return service.upstreams.length > 0 ? service.upstreams : [{ url: service.upstream, weight: 1 }];
}

function keyOf(service: SnapshotService, url: string): string {
  return `${service.name} ${url}`;
}
