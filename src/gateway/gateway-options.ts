import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { Clock } from '../platform/clock.ts';
import type { LookupAll } from '../platform/http/guarded-lookup.ts';
import type { Logger } from '../platform/logger.ts';
import type { GatewayMetrics } from './admin/metrics.ts';
import type { GatewayReading } from './admin/reading.ts';
import type { Ban } from './bans/ban-table.ts';
import type { GatewayMemory } from './gateway-memory.ts';
import type { Inside } from './gateway-state.ts';
import type { UpstreamStatus } from './proxy/upstream.ts';
import type { ServedGateway } from './served-gateway.ts';
import type { SpoolOptions } from './spool/spool.ts';
import type { AcmeSetting } from './tls/acme/automatic-certificate.ts';

export type GatewayOptions = {
  /** The gateway's own folder: spool/, snapshot.json, gateway.id. Made when missing. */
  dataDir: string;
  version: string;
  clock?: Clock;
  logger: Logger;
  spool?: SpoolOptions;
  /**
   * One of several threads that serve the same folder on the same addresses: its number from 0, and what they know together. The
   * main thread then looks after the files of the folder, but for the events. Left out: this gateway serves alone.
   */
  worker?: { number: number; memory: GatewayMemory };
  /** How names of vendors are resolved; left out: by the operating system. */
  vendorLookup?: LookupAll;
  /** Where automatic certificates come from, when it is not the internet's usual authority. */
  acme?: Partial<AcmeSetting>;
  /** For a gateway in an application: nothing is forwarded, and requests come by `judge`. */
  inside?: Inside;
};

/** A snapshot that could be put into service; one of the two is to be called, and nothing else be applied before. */
export type PreparedChange = { commit(): void; abort(): Promise<void> };

export type Gateway = ServedGateway & {
  /** The first half of `apply`: everything that can fail. */
  prepare(snapshot: GatewaySnapshot): Promise<PreparedChange>;
  /**
   * Judges a request that an application's own server has received. It is refused here, or carries on with what `whenLetThrough`
   * left on it (inside/proceed-inside.ts). Upgrades come with their `socket` and first bytes instead of a response.
   */
  judge(request: IncomingMessage, response: ServerResponse | null, socket: Duplex, head: Buffer | null): void;
  reading(): GatewayReading;
  readonly metrics: GatewayMetrics;
  openConnections(): number;
  activeRequests(): number;
  upstreams(): UpstreamStatus[];
  certificateSecondsLeft(): number | null;
  /** Calls `listener` after each write to the event log. */
  onRecorded(listener: () => void): void;
  /** Who is kept out at the moment. */
  bans(): Ban[];
  /** Those that were there before this thread was. */
  learnBans(bans: readonly Ban[]): void;
};
