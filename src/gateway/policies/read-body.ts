import type { Exchange } from '../exchange.ts';
import { peekBody } from '../inside/peek-body.ts';
import type { Refusal } from '../refusal.ts';

// Part of it is read by then, so it cannot be sent on whatever the mode.
const TOO_LARGE: Refusal = { code: 'body-too-large', final: true };
const MALFORMED: Refusal = { code: 'body-malformed', detail: 'the body broke off', final: true };

/**
 * The whole body, for a policy that has to look at it; never more than the route's limit. It is kept on the exchange and goes
 * upstream byte for byte. A second call gives the same bytes.
 */
export async function readBody(x: Exchange): Promise<Buffer | Refusal> {
  if (x.body !== null) return x.body;
  if (x.contentLength <= 0 && !x.chunked) return Buffer.alloc(0);
  const limit = x.route?.bodyLimitBytes ?? 0;
  if (x.contentLength > limit) return TOO_LARGE;
  if (x.inside) {
    const seen = await peekBody(x.request, limit);
    if (!Buffer.isBuffer(seen)) return seen === 'too-large' ? TOO_LARGE : MALFORMED;
    x.bytesIn = seen.length;
    x.body = seen;
    return seen;
  }
  if (x.expectsContinue) x.response?.writeContinue();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // The connection must outlive a body that is too large: it still has to carry the answer.
    for await (const chunk of x.request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return TOO_LARGE;
      chunks.push(chunk);
    }
  } catch {
    // The caller went away or broke the framing; nobody is left to read the answer, the record still wants a reason.
    return MALFORMED;
  }
  x.bytesIn = size;
  x.body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
  return x.body;
}
