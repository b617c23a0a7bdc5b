import type { Exchange } from '../exchange.ts';
import { peekBody } from '../inside/peek-body.ts';
import type { Refusal } from '../refusal.ts';

// Part of it is read by then, so it cannot be sent on whatever the mode.
const TOO_LARGE: Refusal = { code: 'body-too-large', final: true };
const MALFORMED: Refusal = { code: 'body-malformed', detail: 'the body broke off', final: true };
const NOTHING = Buffer.alloc(0);

/**
 * The whole body, for a policy that has to look at it; never more than the route's limit. It is kept on the exchange and goes
 * upstream byte for byte. A second call gives the same bytes.
 */
export function readBody(x: Exchange): Promise<Buffer | Refusal> {
  const limit = x.route?.bodyLimitBytes ?? 0;
  // It is over the limit of the route, so nothing is put back.
  return collect(x, limit, false) as Promise<Buffer | Refusal>;
}

/**
 * The same for a policy that can do without: null when the body is larger than `most`, or was read by somebody else already. What
 * was read of it by then is put back, and it goes on as a stream.
 */
export function readBodyUpTo(x: Exchange, most: number): Promise<Buffer | Refusal | null> {
  const limit = x.route?.bodyLimitBytes ?? 0;
  return most < limit ? collect(x, most, true) : collect(x, limit, false);
}

function collect(x: Exchange, limit: number, putsBack: boolean): Promise<Buffer | Refusal | null> {
  if (x.body !== null) return Promise.resolve(x.body);
  if (x.contentLength <= 0 && !x.chunked) return Promise.resolve(NOTHING);
  const tooMuch = putsBack ? null : TOO_LARGE;
  if (x.contentLength > limit) return Promise.resolve(tooMuch);
  if (x.inside) return peek(x, limit, putsBack);
  if (x.expectsContinue) {
    x.expectsContinue = false;
    x.response?.writeContinue();
  }
  // An iterator over the stream would cost as much as all of the rest of a small request.
  return new Promise((resolve) => {
    const { request } = x;
    let first: Buffer | null = null;
    let chunks: Buffer[] | null = null;
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) {
        // The connection must outlive a body that is too large: it still has to carry the answer.
        request.pause();
        over(tooMuch);
        if (putsBack) request.unshift(Buffer.concat([...(chunks ?? (first === null ? [] : [first])), chunk]));
      } else if (first === null) first = chunk;
      else if (chunks === null) chunks = [first, chunk];
      else chunks.push(chunk);
    };
    const onEnd = (): void => {
      x.bytesIn = size;
      x.body = chunks === null ? (first ?? NOTHING) : Buffer.concat(chunks, size);
      over(x.body);
    };
    // The caller went away or broke the framing; nobody is left to read the answer, the record still wants a reason.
    const onBroken = (): void => over(MALFORMED);
    const over = (result: Buffer | Refusal | null): void => {
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      // Without a listener a late error of the stream would end the process.
      if (result === MALFORMED) request.on('error', () => {});
      resolve(result);
    };
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}

/** In an application, which still has to read the body itself. */
async function peek(x: Exchange, limit: number, putsBack: boolean): Promise<Buffer | Refusal | null> {
  const seen = await peekBody(x.request, limit, putsBack);
  if (seen === 'too-large') return putsBack ? null : TOO_LARGE;
  if (!Buffer.isBuffer(seen)) return MALFORMED;
  x.bytesIn = seen.length;
  x.body = seen;
  return seen;
}
