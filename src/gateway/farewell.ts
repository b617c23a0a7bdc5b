import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayState } from './gateway-state.ts';
import type { ConnectionCounter } from './listener/connections.ts';

const STEP_MS = 20;

/**
 * The first part of a stop: every answer from now on says `Connection: close` (RFC 9112 §9.6) while new requests are still
 * taken, so that callers leave their connections between two requests and nobody loses one. Ends early when all have left.
 */
export async function sayFarewell(state: GatewayState, connections: ConnectionCounter, forMs: number): Promise<void> {
  state.leaving = true;
  for (const { response } of state.active) if (response !== null) response.shouldKeepAlive = false;
  const until = performance.now() + forMs;
  while (connections.total > 0 && performance.now() < until) await wait(STEP_MS);
}
