import type { Caller } from './caller.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayState } from './gateway-state.ts';
import { isRefusal } from './policies/authenticate/verdict.ts';
import { WEBHOOK_CALLER } from './policies/authenticate/webhook/compile-webhooks.ts';

/**
 * Ends what is still open under a credential that the new configuration no longer honours, or a token of an issuer that it no
 * longer knows: a revoked key must not go on listening to an event stream or a WebSocket.
 */
export function endRevokedStreams(state: GatewayState): void {
  const now = state.clock.now();
  const good = new Set<string>();
  for (const { caller, revoked } of state.runtime.keysByHash.values()) {
    if (!revoked && !hasExpired(caller, now)) good.add(`${caller.consumer} ${caller.keyId}`);
  }
  const { tokens, introspection, passwords, certificates, webhooks } = state.runtime;
  const isGood = (x: Exchange, caller: Caller): boolean => {
    if (caller.parts !== null) return caller.parts.every((part) => isGood(x, part));
    if (hasExpired(caller, now)) return false;
    switch (caller.via) {
      case 'apiKey':
        return good.has(`${caller.consumer} ${caller.keyId}`);
      case 'jwt':
        return tokens.knowsIssuer(caller.credential);
      case 'oauth2':
        return introspection.knowsIssuer(caller.credential);
      case 'basic':
        return passwords.knows(caller, now);
      case 'webhook':
        return webhooks.has(caller.consumer.slice(WEBHOOK_CALLER.length));
      case 'mtls': {
        const verdict = certificates.judge(x.socket, now);
        return !isRefusal(verdict) && verdict.caller.consumer === caller.consumer;
      }
    }
  };
  for (const x of state.active) {
    if (x.caller !== null && !isGood(x, x.caller)) x.abort?.('revoked');
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
