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
  return collect(x, limit, null) as Promise<Buffer | Refusal>;
}

/** How much of a body a policy that can do without it waits for, and how long; null: as long as it takes. */
export type Patience = { readonly bytes: number; readonly ms: number | null };

/**
 * The same for a policy that can do without: a word when the body is larger or slower than it has patience for. What was read of
 * it by then is put back, and it goes on as a stream.
 */
export function readBodyWithin(x: Exchange, patience: Patience): Promise<Buffer | Refusal | 'too-large' | 'too-slow'> {
  const limit = x.route?.bodyLimitBytes ?? 0;
  return collect(x, Math.min(patience.bytes, limit), patience);
}

function collect(
  x: Exchange,
  limit: number,
  patience: Patience | null,
): Promise<Buffer | Refusal | 'too-large' | 'too-slow'> {
  if (x.body !== null) return Promise.resolve(x.body);
  if (x.contentLength <= 0 && !x.chunked) return Promise.resolve(NOTHING);
  const putsBack = patience !== null && limit < (x.route?.bodyLimitBytes ?? 0);
  const tooMuch = putsBack ? 'too-large' : TOO_LARGE;
  if (x.contentLength > limit) return Promise.resolve(tooMuch);
  if (x.inside) return peek(x, limit, putsBack, patience?.ms ?? null);
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
        if (putsBack) request.unshift(Buffer.concat([...held(), chunk]));
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
    const held = (): Buffer[] => chunks ?? (first === null ? [] : [first]);
    const onLate = (): void => {
      request.pause();
      over('too-slow');
      if (size > 0) request.unshift(Buffer.concat(held()));
    };
    const late = patience === null || patience.ms === null ? null : setTimeout(onLate, patience.ms);
    const over = (result: Buffer | Refusal | 'too-large' | 'too-slow'): void => {
      if (late !== null) clearTimeout(late);
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      // Without a listener a late error of the stream would end the process.
      if (result === MALFORMED) request.on('error', () => {});
      resolve(result);
    };
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
    // Who looked before and put it back has paused it, and a new listener alone does not set it going again.
    if (request.isPaused()) request.resume();
  });
}

/** In an application, which still has to read the body itself. */
async function peek(
  x: Exchange,
  limit: number,
  putsBack: boolean,
  ms: number | null,
): Promise<Buffer | Refusal | 'too-large' | 'too-slow'> {
  const seen = await peekBody(x.request, limit, { putsBack, ms });
  if (seen === 'too-large') return putsBack ? seen : TOO_LARGE;
  if (seen === 'too-slow') return seen;
  if (seen === 'broken') return MALFORMED;
  x.bytesIn = seen.length;
  x.body = seen;
  return seen;
}
