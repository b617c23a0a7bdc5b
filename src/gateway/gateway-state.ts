import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { ActiveExchanges } from './active-exchanges.ts';
import type { BanTable } from './bans/ban-table.ts';
import type { Exchange, Runtime } from './exchange.ts';
import type { Recorder } from './recorder.ts';
import type { Challenges } from './tls/acme/challenges.ts';

/** `passUnmatched`: what no route knows goes on as well, with no policy asked. */
export type Inside = { readonly passUnmatched: boolean };

/** What listeners and request handling share. `runtime` is replaced as a whole by a new configuration. */
export type GatewayState = {
  runtime: Runtime;
  /** The gateway is about to stop: every answer asks its caller to close the connection. */
  leaving: boolean;
  readonly active: ActiveExchanges;
  readonly recorder: Recorder;
  readonly bans: BanTable;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What an authority asks while a certificate is ordered. */
  readonly challenges: Challenges;
  /** What becomes of a request that every policy has let through. */
  readonly proceed: (state: GatewayState, x: Exchange) => void;
  /** Null for a gateway that stands by itself; otherwise requests go on in the application that it runs in. */
  readonly inside: Inside | null;
};
