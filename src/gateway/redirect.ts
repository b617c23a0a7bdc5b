import { answerItself, refuse } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Recorder } from './recorder.ts';

/**
 * Sends a caller who came by plain HTTP on to https: the same host on HTTPS's own port, path and query as they were. 308 keeps
 * the method (RFC 9110 §15.4.9).
 */
export function redirectToHttps(x: Exchange, recorder: Recorder): void {
  const host = x.host.replace(/:\d*$/, '');
  // HTTP/1.0 knows requests without a Host: there is nowhere to send them on to.
  if (host === '') {
    refuse(x, recorder, { code: 'host-invalid' });
    return;
  }
  const location = `https://${host}${x.path}${x.query}`;
  answerItself(x, recorder, 308, ['Location', location, 'Content-Length', '0'], Buffer.alloc(0), false);
}
