import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { ActiveExchanges } from './active-exchanges.ts';
import type { Runtime } from './exchange.ts';
import type { Recorder } from './recorder.ts';
import type { Challenges } from './tls/acme/challenges.ts';

/** What listeners and request handling share. `runtime` is replaced as a whole by a new configuration. */
export type GatewayState = {
  runtime: Runtime;
  readonly active: ActiveExchanges;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What an authority asks while a certificate is ordered. */
  readonly challenges: Challenges;
};
