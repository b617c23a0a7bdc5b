import type { Caller } from './caller.ts';
import type { GatewayState } from './gateway-state.ts';
import { WEBHOOK_CALLER } from './policies/authenticate/webhook/compile-webhooks.ts';

/**
 * Ends what is still open under a key that the new configuration no longer honours, or a token of an issuer that it no longer
 * knows: a revoked key must not go on listening to an event stream or a WebSocket.
 */
export function endRevokedStreams(state: GatewayState): void {
  const now = state.clock.now();
  const good = new Set<string>();
  for (const { caller, revoked } of state.runtime.keysByHash.values()) {
    if (!revoked && !hasExpired(caller, now)) good.add(`${caller.consumer} ${caller.keyId}`);
  }
  const isGood = (caller: Caller): boolean =>
    caller.keyId === null && caller.issuer === null
      ? state.runtime.webhooks.has(caller.consumer.slice(WEBHOOK_CALLER.length))
      : caller.issuer === null
        ? good.has(`${caller.consumer} ${caller.keyId}`)
        : state.runtime.tokens.knowsIssuer(caller.issuer) && !hasExpired(caller, now);
  for (const x of state.active) {
    if (x.caller !== null && !isGood(x.caller)) x.abort?.('revoked');
  }
}

/** Ends WebSockets and event streams whose key or token has expired meanwhile. Other requests may finish. */
export function endExpiredStreams(state: GatewayState): void {
  const now = state.clock.now();
  for (const x of state.active) {
    if (x.response !== null && !x.wantsEventStream) continue;
    if (x.caller !== null && hasExpired(x.caller, now)) x.abort?.('revoked');
  }
}

function hasExpired({ expiresAt }: Caller, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}
