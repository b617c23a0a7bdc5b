import type { Exchange } from '../exchange.ts';
import { isEncrypted } from '../listener/open-server.ts';
import { vendorHeaders } from '../outbound/vendor-request.ts';
import { pushForeignCredentials } from '../policies/authenticate/credentials.ts';

/**
 * Completes the header list for the upstream: the caller's fields are in it already (listener/read-head.ts), ours are set
 * last, so that nothing the caller sent can stand in for them or take them away.
 */
export function upstreamHeaders(x: Exchange): string[] {
  if (x.outbound !== null && x.outbound.vendor !== null) return vendorHeaders(x, x.outbound.vendor);
  const headers = x.upstreamHeaders;
  if (x.route?.asksPlain === true) askForPlainContent(headers);
  pushForeignCredentials(x, headers);
  if (x.route?.upstreams.preserveHost === true) headers.push('host', x.host);
  headers.push('X-Request-Id', x.id, 'X-Forwarded-For', forwardedFor(x));
  headers.push('X-Forwarded-Proto', x.forwardedProto ?? (isEncrypted(x.socket) ? 'https' : 'http'));
  const host = x.forwardedHost ?? x.host;
  if (host !== '') headers.push('X-Forwarded-Host', host);
  const names = x.runtime.server.identityHeaders;
  if (x.route !== null) headers.push(names.route, x.route.identity);
  if (x.caller !== null) headers.push(...x.caller.identityHeaders);
  return headers;
}

/** What is to be looked at on its way back must not come compressed (RFC 9110 §12.5.3). */
export function askForPlainContent(headers: string[]): void {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() === 'accept-encoding') headers[i + 1] = 'identity';
  }
}

/** The chain as trusted proxies saw it, or just the peer. */
function forwardedFor(x: Exchange): string {
  return x.proxy === null || x.forwardedFor === null ? x.peer.address : `${x.forwardedFor}, ${x.proxy.address}`;
}
