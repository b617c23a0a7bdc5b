import type { IncomingHttpHeaders } from 'undici/types/header.js';
import type { Exchange } from '../exchange.ts';
import { isEncrypted } from '../listener/open-server.ts';
import { treatVendorAnswer } from '../outbound/vendor-answer.ts';
import { pushLegacyRateHeaders } from './legacy-rate-headers.ts';

/** The flat header list of an answer: the upstream's fields, then ours. */
export function responseHeaders(x: Exchange, upstream: IncomingHttpHeaders): string[] {
  const out: string[] = [];
  const { dropped, noSniff, careful } = x.runtime.answerHeaders;
  const nominated = nominatedBy(upstream.connection);
  for (const name in upstream) {
    if (dropped.has(name) || nominated?.has(name) === true) continue;
    if (name === HSTS && ownHsts(x) !== null) continue;
    const value = upstream[name];
    if (typeof value === 'string') out.push(name, value);
    else if (value !== undefined) for (const one of value) out.push(name, one);
  }
  if (noSniff) pushNoSniff(upstream, out);
  if (careful) pushCareful(x, upstream, out);
  if (x.outbound !== null && x.outbound.vendor !== null) treatVendorAnswer(x, x.outbound, x.outbound.vendor, out);
  pushOwnHeaders(x, out);
  return out;
}

/** Keeps browsers from guessing what a content is; what the application said itself stands. */
export function pushNoSniff(upstream: IncomingHttpHeaders, out: string[]): void {
  if (upstream['x-content-type-options'] === undefined) out.push('X-Content-Type-Options', 'nosniff');
}

/** Fields about a content that is no longer the upstream's. */
export const ABOUT_CONTENT = new Set([
  'content-length',
  'content-encoding',
  'etag',
  'content-md5',
  'digest',
  'content-digest',
  'repr-digest',
  'last-modified',
  'accept-ranges',
]);

/** The list for an answer whose content the gateway has changed to `length` bytes. */
export function withNewContent(headers: readonly string[], length: number): string[] {
  const out: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (!ABOUT_CONTENT.has(name.toLowerCase())) out.push(name, headers[i + 1] ?? '');
  }
  out.push('content-length', String(length));
  return out;
}

/**
 * Keeps browsers from showing JSON as a page, and shared caches from keeping what was meant for
 * one caller (OWASP REST Security). What the application said itself stands.
 */
export function pushCareful(x: Exchange, upstream: IncomingHttpHeaders, out: string[]): void {
  if (x.caller !== null && upstream['cache-control'] === undefined) out.push('Cache-Control', 'private');
  const type = upstream['content-type'];
  if (typeof type === 'string' && type.startsWith('application/json')) {
    if (upstream['content-security-policy'] === undefined) out.push('Content-Security-Policy', FOR_JSON);
  }
}

const FOR_JSON = "default-src 'none'; frame-ancestors 'none'";

/** The fields that every answer carries: the reference, and where the caller stands with its limits. */
export function pushOwnHeaders(x: Exchange, out: string[]): void {
  out.push('X-Request-Id', x.id);
  const hsts = ownHsts(x);
  if (hsts !== null) out.push('Strict-Transport-Security', hsts);
  if (x.rateLimit !== '' && x.route !== null) {
    out.push('RateLimit-Policy', x.route.rateLimitPolicy, 'RateLimit', x.rateLimit);
    if (x.runtime.server.legacyRateLimitHeaders) pushLegacyRateHeaders(x.route.rateLimitPolicy, x.rateLimit, out);
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
