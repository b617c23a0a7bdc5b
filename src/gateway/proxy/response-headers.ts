import type { IncomingHttpHeaders } from 'undici/types/header.js';
import type { Exchange } from '../exchange.ts';
import { isEncrypted } from '../listener/open-server.ts';

/** Never from the upstream to the caller: hop-by-hop (RFC 9110 §7.6.1), and the id, which is ours. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'x-request-id',
]);

/** The flat header list of an answer: the upstream's fields, then ours. */
export function responseHeaders(x: Exchange, upstream: IncomingHttpHeaders): string[] {
  const out: string[] = [];
  const nominated = nominatedBy(upstream.connection);
  for (const name in upstream) {
    if (DROPPED.has(name) || nominated?.has(name) === true) continue;
    if (name === HSTS && ownHsts(x) !== null) continue;
    const value = upstream[name];
    if (typeof value === 'string') out.push(name, value);
    else if (value !== undefined) for (const one of value) out.push(name, one);
  }
  pushOwnHeaders(x, out);
  return out;
}

/** The fields that every answer carries: the reference, and where the caller stands with its limits. */
export function pushOwnHeaders(x: Exchange, out: string[]): void {
  out.push('X-Request-Id', x.id);
  const hsts = ownHsts(x);
  if (hsts !== null) out.push('Strict-Transport-Security', hsts);
  if (x.rateLimit !== '' && x.route !== null) {
    out.push('RateLimit-Policy', x.route.rateLimitPolicy, 'RateLimit', x.rateLimit);
  }
}

const HSTS = 'strict-transport-security';

/** Browsers heed it over TLS only (RFC 6797 §7.2). */
function ownHsts(x: Exchange): string | null {
  return x.runtime.hsts !== null && isEncrypted(x.socket) ? x.runtime.hsts : null;
}

function nominatedBy(connection: string | string[] | undefined): Set<string> | null {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return null;
  const text = Array.isArray(connection) ? connection.join(',') : connection;
  return new Set(text.split(',').map((token) => token.trim().toLowerCase()));
}
