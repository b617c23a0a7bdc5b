import { answerItself, refuse } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Recorder } from './recorder.ts';
import type { Challenges } from './tls/acme/challenges.ts';

/**
 * Sends a caller who came by plain HTTP on to https: the same host on HTTPS's own port, path and query as they were. 308 keeps
 * the method (RFC 9110 §15.4.9). An authority that checks a name for an order under way gets its answer here, as that is where
 * it comes to (RFC 8555 §8.3).
 */
export function redirectToHttps(x: Exchange, recorder: Recorder, challenges: Challenges): void {
  const answer = challenges.answerFor(x.path);
  if (answer !== null) {
    const body = Buffer.from(answer);
    const headers = ['Content-Type', 'application/octet-stream', 'Content-Length', String(body.length)];
    answerItself(x, recorder, 200, headers, body, false);
    return;
  }
  const host = x.host.replace(/:\d*$/, '');
  // HTTP/1.0 knows requests without a Host: there is nowhere to send them on to.
  if (host === '') {
    refuse(x, recorder, { code: 'host-invalid' });
    return;
  }
  const location = `https://${host}${x.path}${x.query}`;
  answerItself(x, recorder, 308, ['Location', location, 'Content-Length', '0'], Buffer.alloc(0), false);
}
