import type { Exchange } from './exchange.ts';
import type { GatewayState } from './gateway-state.ts';
import { bearerOf } from './policies/authenticate/credentials.ts';

/**
 * Ends WebSockets and event streams whose access token its authorization server has meanwhile withdrawn. It is asked about each
 * as often as about a new request; one that does not answer changes nothing. Never rejects.
 */
export async function endRefusedStreams(state: GatewayState): Promise<void> {
  const streams: Exchange[] = [];
  for (const x of state.active) {
    if (x.response !== null && !x.wantsEventStream) continue;
    if ((x.caller?.parts ?? [x.caller]).some((caller) => caller?.via === 'oauth2')) streams.push(x);
  }
  const now = state.clock.now();
  for (const x of streams) {
    const token = bearerOf(x.authorization);
    if (token === null) continue;
    const { introspection } = state.runtime;
    const opinion = introspection.find(token, now) ?? (await introspection.ask(token, now));
    if (opinion.kind === 'bad') x.abort?.('revoked');
  }
}
