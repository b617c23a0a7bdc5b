import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayState } from './gateway-state.ts';
import type { ConnectionCounter } from './listener/connections.ts';

const STEP_MS = 20;
/** Callers that are told to close come back by new connections: one moment without any does not mean that they know. */
const QUIET_MS = 300;

/**
 * The first part of a stop: every answer from now on says `Connection: close` (RFC 9112 §9.6) while new requests are still
 * taken, so that callers leave their connections between two requests and nobody loses one. Ends early when nobody comes.
 */
export async function sayFarewell(state: GatewayState, connections: ConnectionCounter, forMs: number): Promise<void> {
  state.leaving = true;
  for (const { response } of state.active) if (response !== null) response.shouldKeepAlive = false;
  const until = performance.now() + forMs;
  let seenAt = performance.now();
  while (performance.now() < until && performance.now() - seenAt < QUIET_MS) {
    await wait(STEP_MS);
    if (connections.total > 0) seenAt = performance.now();
  }
}
