import type { Exchange } from '../exchange.ts';
import type { AppAnswer } from './app-answer.ts';

/** Holds a body of unknown length, which the application reads itself, to its route's limit. What lies beyond never gets there. */
export function limitBody(x: Exchange, answer: AppAnswer, limit: number): void {
  const { request } = x;
  const { push } = request;
  let over = false;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (over) return true;
    if (chunk !== null) x.bytesIn += (chunk as Buffer).length;
    if (x.bytesIn <= limit) return push.call(request, chunk, encoding);
    over = true;
    answer.withhold({ code: 'body-too-large' });
    return true;
  };
}
