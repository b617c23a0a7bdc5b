import { DENIALS, type DenialCode } from '../contracts/errors/denials.ts';
import type { Exchange } from './exchange.ts';
import { condemn } from './listener/connections.ts';
import { linger } from './listener/unread-body.ts';
import { pushOwnHeaders } from './proxy/response-headers.ts';
import type { Recorder } from './recorder.ts';
import { problemBody, type Refusal } from './refusal.ts';

/** A request body up to this size is read and thrown away so that the connection can be used again. */
const DRAINED_BODY_BYTES = 64 * 1024;

/**
 * Refuses a request with a problem body (RFC 9457). The answer leaves only when its event is recorded. Does nothing when the
 * exchange is over already.
 */
export function refuse(x: Exchange, recorder: Recorder, refusal: Refusal): void {
  if (x.recorded) return;
  const status = refusal.status ?? DENIALS[refusal.code].status;
  const body = Buffer.from(problemBody(refusal.code, x.id, refusal, x.outbound !== null));
  const headers: string[] = [
    'Content-Type',
    'application/problem+json',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    'no-store',
  ];
  if (refusal.headers !== undefined) headers.push(...refusal.headers);
  x.code = refusal.code;
  answerItself(x, recorder, status, headers, body, mustClose(refusal.code));
}

/** An answer that is the gateway's own and not the upstream's. It leaves when its event is recorded. */
export function answerItself(
  x: Exchange,
  recorder: Recorder,
  status: number,
  headers: string[],
  body: Buffer,
  mustEnd: boolean,
): void {
  pushOwnHeaders(x, headers);
  const close = !x.http2 && (mustEnd || leavesBodyUnread(x));
  if (close) {
    headers.push('Connection', 'close');
    condemn(x.socket);
    if (x.response !== null && !x.http2 && !x.request.complete) linger(x.request, x.request.socket);
  }
  x.status = status;
  x.bytesOut = x.method === 'HEAD' ? 0 : body.length;
  recorder.record(x, {
    recorded() {
      if (x.response === null) {
        x.socket.end(`${rawHead(status, x.code ?? '', headers, close)}${body.toString()}`);
        return;
      }
      x.response.writeHead(status, headers);
      x.response.end(x.method === 'HEAD' ? undefined : body);
    },
  });
}

function leavesBodyUnread(x: Exchange): boolean {
  if (x.request.complete) return false;
  return x.chunked || x.contentLength > DRAINED_BODY_BYTES;
}

/** After these it is not clear where the next request would begin, or the rest of this one is not waited for. */
function mustClose(code: DenialCode): boolean {
  return (
    code === 'request-malformed' || code === 'body-too-large' || code === 'host-invalid' || code === 'request-timeout'
  );
}

/** The head of an answer on a bare socket (upgrades). */
export function rawHead(status: number, reason: string, headers: readonly string[], close: boolean): string {
  let head = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let i = 0; i < headers.length; i += 2) head += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return close || headers.includes('Connection') ? `${head}\r\n` : `${head}Connection: close\r\n\r\n`;
}
