import type { IncomingMessage } from 'node:http';
import { type Answer, Refusal, text } from './answers.ts';
import type { Shop } from './shop.ts';

/** The answer to TRACE (RFC 9110, section 9.3.8); null for every other method. @throws Refusal 405 when hardened */
export function traceAnswer(shop: Shop, request: IncomingMessage): Answer | null {
  if (request.method !== 'TRACE') return null;
  // WEAKNESS trace-answers: the request comes back with everything that proxies added to it, cookies and keys too.
  if (!shop.weak('trace-answers'))
    throw new Refusal(405, 'method-not-allowed', 'TRACE is not answered here.', { allow: '' });
  const lines = [`TRACE ${request.url ?? '/'} HTTP/${request.httpVersion}`];
  for (const [name, value] of Object.entries(request.headers)) lines.push(`${name}: ${String(value)}`);
  return text(`${lines.join('\r\n')}\r\n`, 'message/http');
}
