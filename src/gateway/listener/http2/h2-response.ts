import { constants, Http2ServerResponse, type ServerHttp2Stream } from 'node:http2';
import type { H2Request } from './h2-request.ts';

/** Streams that the gateway itself broke off: no fault of the caller's. */
const brokenOff = new WeakSet<ServerHttp2Stream>();

/** An answer by HTTP/2, for the code that answers HTTP/1.1. Fields about the connection have no place in it and never come here. */
export class H2Response extends Http2ServerResponse<H2Request> {
  /** Breaks the answer off, so that nobody takes what has arrived for the whole (RFC 9113 §8.1). */
  override destroy(): this {
    const { stream } = this;
    brokenOff.add(stream);
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    return this;
  }

  override end(): this;
  override end(data: string | Uint8Array): this;
  override end(data: string | Uint8Array, encoding: BufferEncoding): this;
  override end(data?: string | Uint8Array, encoding?: BufferEncoding): this {
    const { stream } = this;
    // What is still to come of the body is of no use any more (RFC 9113 §8.1).
    if (!stream.endAfterHeaders && !stream.readableEnded) stream.once('finish', () => stopSending(stream, this.req));
    if (data === undefined) return super.end();
    return encoding === undefined ? super.end(data) : super.end(data, encoding);
  }
}

/**
 * Node holds a stream that was closed without an error until somebody has read its body to the end, for ever where nobody wants it.
 * Thus whoever still waits for the body learns that it will not be whole, and what has come of it is thrown away.
 */
function stopSending(stream: ServerHttp2Stream, request: H2Request): void {
  if (stream.readableEnded || stream.closed) return;
  brokenOff.add(stream);
  stream.close(constants.NGHTTP2_NO_ERROR);
  request.destroy();
  stream.removeAllListeners('data').resume();
}

/** Whether a closed stream was ended by its caller's doing: reset, or broken off over a breach of the protocol. */
export function endedByCaller(stream: ServerHttp2Stream): boolean {
  // Node takes what was to be written on a stream that is reset for written.
  const isWhole = stream.writableFinished && stream.rstCode === constants.NGHTTP2_NO_ERROR;
  return !isWhole && !brokenOff.has(stream);
}
