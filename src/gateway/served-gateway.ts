import type { OperationShape } from '../contracts/drafts/shape.ts';
import type { GatewaySnapshot } from '../contracts/snapshot/gateway-snapshot.ts';
import type { GatewayReading } from './admin/reading.ts';
import type { Spared } from './bans/ban-table.ts';
import type { ShippedSpool } from './spool/spool.ts';

/** A gateway as the rest of the program sees it, whether one thread serves or several. */
export type ServedGateway = {
  readonly id: string;
  readonly dataDir: string;
  readonly version: string;
  readonly startedAt: number;
  /**
   * Puts a snapshot into service as a whole. Throws `AppError` (`snapshot-invalid`, `port-taken` …) when that cannot be done;
   * the one before then stays in service untouched. Requests under way end with the one they began with.
   */
  apply(snapshot: GatewaySnapshot): Promise<void>;
  snapshot(): GatewaySnapshot | null;
  addresses(): string[];
  /** Where own programs reach vendors, with the name of the only vendor there if there is one. */
  vendorsDoors(): { url: string; vendor: string | null }[];
  /** The snapshot that was last in service, from disk; null when there is none or it does not fit this version. */
  lastStoredSnapshot(): GatewaySnapshot | null;
  /** It has a configuration, listens, with a certificate where one is needed, and is not about to stop: new callers may be sent here. */
  isReady(): boolean;
  /** With https: auto, whether there is a certificate yet, and how many attempts to get one have failed; null otherwise. */
  automaticCertificate(): { awaited: boolean; failures: number } | null;
  read(): Promise<GatewayReading>;
  /** What has to be shipped: the event log in each of its lanes. */
  spools(): readonly ShippedSpool[];
  /** What calls and answers looked like, as far as that is learnt (`drafts`). */
  drafts(): OperationShape[];
  /** Ends the bans that `nightlatch ban lift` has put down in the gateway's folder; those that there were. */
  takeBanLifts(): string[];
  /** Addresses of owners, which are not banned by themselves until the moment named; takes the place of what was said before. */
  spare(addresses: readonly Spared[]): void;
  /** Stops accepting, lets running requests end for at most `timeoutMs`, then ends the rest and closes the spool. */
  drain(timeoutMs: number): Promise<void>;
};
