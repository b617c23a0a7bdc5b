import type { IncomingMessage } from 'node:http';

type Seen = Buffer | 'too-large' | 'too-slow' | 'broken';

/**
 * The whole body of a request that still has to be read by the application: what was taken out of the stream is put back before
 * its end is announced, so that parsers find every byte as if nobody had looked. Never more than `limit` bytes are held; with
 * `putsBack` a body that is larger is put back as well, and so is one that takes longer than `ms`. Throws when somebody has read from the stream already, as nobody could judge what is gone.
 */
export function peekBody(
  request: IncomingMessage,
  limit: number,
  { putsBack, ms }: { putsBack: boolean; ms: number | null },
): Promise<Seen> {
  if (request.readableDidRead) {
    throw new TypeError('the body was read before the guard saw it; put the guard before every body parser');
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let ended = request.complete === true;
    const { push } = request;
    // The only notice of the end that does not announce it to the application as well.
    request.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (chunk === null) ended = true;
      return push.call(request, chunk, encoding);
    };
    const finish = (seen?: Seen) => {
      if (late !== null) clearTimeout(late);
      request.push = push;
      request.off('readable', look).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
      // A copy: what parsers do to their bytes must not change those that were judged.
      if ((seen === undefined || seen === 'too-slow') && size > 0) request.unshift(Buffer.from(body));
      resolve(seen ?? body);
    };
    const late = ms === null ? null : setTimeout(() => finish('too-slow'), ms);
    const look = () => {
      // Reading from an empty stream would announce its end.
      while (request.readableLength > 0) {
        const chunk = request.read() as Buffer | null;
        if (chunk === null) break;
        size += chunk.length;
        if (size > limit) {
          if (putsBack) request.unshift(Buffer.concat([...chunks, chunk], size));
          finish('too-large');
          return;
        }
        chunks.push(chunk);
      }
      if (ended) finish();
    };
    const onEnd = () => finish();
    const onBroken = () => finish('broken');
    request.on('readable', look).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}
