import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { ActiveExchanges } from './active-exchanges.ts';
import type { BanTable } from './bans/ban-table.ts';
import type { Runtime } from './exchange.ts';
import type { Recorder } from './recorder.ts';
import type { Challenges } from './tls/acme/challenges.ts';

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
};
