import type { GatewayState } from './gateway-state.ts';

/**
 * Ends what is still open under a key that the new configuration no longer honours: a revoked key must not go on listening to
 * an event stream or a WebSocket.
 */
export function endRevokedStreams(state: GatewayState): void {
  const good = new Set<string>();
  for (const key of state.runtime.keysByHash.values()) {
    if (!key.revoked && (key.expiresAt === null || key.expiresAt > state.clock.now()))
      good.add(`${key.consumer} ${key.id}`);
  }
  for (const x of state.active) {
    if (x.key !== null && !good.has(`${x.key.consumer} ${x.key.id}`)) x.abort?.('revoked');
  }
}
