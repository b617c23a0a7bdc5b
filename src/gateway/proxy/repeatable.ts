import type { Dispatcher } from 'undici';
import type { Exchange } from '../exchange.ts';
import type { ServiceUpstreams } from './service-upstreams.ts';
import type { Upstream } from './upstream.ts';

/** Whether a request may reach an application twice: it changes nothing (RFC 9110 §9.2.1) and has no body. */
export function isRepeatable(method: string, body: unknown): boolean {
  return (method === 'GET' || method === 'HEAD') && body === null;
}

/**
 * Whether the caller said how repetitions are told apart (draft-ietf-httpapi-idempotency-key-header), and the owner that the
 * application heeds it. The body then has to be at hand as a whole.
 */
export function hasIdempotencyKey(x: Exchange, upstreams: ServiceUpstreams): boolean {
  if (!upstreams.retryIdempotencyKey) return false;
  const { upstreamHeaders } = x;
  for (let i = 0; i < upstreamHeaders.length; i += 2) {
    if (upstreamHeaders[i]?.toLowerCase() === 'idempotency-key') return upstreamHeaders[i + 1] !== '';
  }
  return false;
}

/** The connections for a request's first attempt: old ones for what may be sent again, else none that was silent for long. */
export function poolFor(upstream: Upstream, repeatable: boolean): Dispatcher {
  return repeatable ? upstream.connections.kept : upstream.connections.brief;
}
