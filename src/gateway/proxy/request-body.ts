import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Exchange } from '../exchange.ts';

/** The body for the upstream: what a policy has read already, or the caller's stream. Adds its framing to the headers. */
export function requestBody(x: Exchange, headers: string[]): Buffer | Readable | null {
  if (x.body !== null) {
    headers.push('content-length', String(x.body.length));
    return x.body;
  }
  if (x.contentLength >= 0) {
    headers.push('content-length', String(x.contentLength));
    x.bytesIn = x.contentLength;
    return x.contentLength === 0 ? null : x.request;
  }
  return x.chunked ? Readable.from(limited(x, x.request)) : null;
}

/** A body of unknown length, cut off with an error when it grows beyond the route's limit. */
async function* limited(x: Exchange, request: IncomingMessage): AsyncGenerator<Buffer> {
  const limit = x.route?.bodyLimitBytes ?? 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    x.bytesIn += chunk.length;
    if (x.bytesIn > limit) throw new BodyTooLarge();
    yield chunk;
  }
}

export class BodyTooLarge extends Error {}
