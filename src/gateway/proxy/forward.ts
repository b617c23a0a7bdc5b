import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { refuse } from '../answer.ts';
import { ENDED_CODE } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Recorder } from '../recorder.ts';
import type { Waiter } from '../spool/spool.ts';
import { upstreamHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';
import { codeOfUpstreamError, isStaleConnection } from './upstream-errors.ts';

const MAX_JOINED_BYTES = 8 * 1024;

/** Sends a judged request to its upstream and streams the answer back; records it before the answer's last byte leaves. */
export function forward(x: Exchange, response: ServerResponse, recorder: Recorder): void {
  const upstream = x.route?.upstream;
  if (upstream === undefined) throw new TypeError('a request without a route cannot be forwarded');
  const headers = upstreamHeaders(x);
  const body = requestBody(x, headers);
  if (x.expectsContinue && x.body === null && body !== null) response.writeContinue();
  const options: Dispatcher.DispatchOptions = {
    method: x.method as Dispatcher.HttpMethod,
    path: upstream.basePath + x.path + x.query,
    headers,
    body,
    // An event stream may be silent for as long as it likes.
    bodyTimeout: x.wantsEventStream ? 0 : undefined,
  } as Dispatcher.DispatchOptions;
  x.upstreamStarted = performance.now();
  new Forwarding(x, response, recorder, upstream.pool, options).start();
}

/** The body for the upstream: what a policy has read already, or the caller's stream. Adds its framing to the headers. */
function requestBody(x: Exchange, headers: string[]): Buffer | Readable | null {
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

class BodyTooLarge extends Error {}

/** One request at the upstream, from dispatch to the answer's end. It is undici's handler itself: one object per request. */
class Forwarding implements Dispatcher.DispatchHandler, Waiter {
  readonly #x: Exchange;
  readonly #response: ServerResponse;
  readonly #recorder: Recorder;
  readonly #pool: Dispatcher;
  readonly #options: Dispatcher.DispatchOptions;
  #controller: Dispatcher.DispatchController | null = null;
  #headers: string[] | null = null;
  /** Body bytes still to come by Content-Length; -1 when it was not said. */
  #expected = -1;
  /** The latest chunk, kept back until it is known whether it is the last one. */
  #held: Buffer | null = null;
  #flushScheduled = false;
  #retried = false;
  #over = false;
  /** The answer cannot be completed: the connection is cut so that nobody takes it for whole. */
  #broken = false;

  constructor(
    x: Exchange,
    response: ServerResponse,
    recorder: Recorder,
    pool: Dispatcher,
    options: Dispatcher.DispatchOptions,
  ) {
    this.#x = x;
    this.#response = response;
    this.#recorder = recorder;
    this.#pool = pool;
    this.#options = options;
  }

  start(): void {
    this.#x.abort = this.#abort;
    this.#pool.dispatch(this.#options, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('the caller has gone'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const x = this.#x;
    x.status = status;
    x.upstreamMs = performance.now() - x.upstreamStarted;
    this.#headers = responseHeaders(x, headers);
    const length = headers['content-length'];
    if (typeof length === 'string' && x.method !== 'HEAD' && status !== 304) this.#expected = Number(length);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const x = this.#x;
    x.bytesOut += chunk.length;
    if (this.#held !== null) this.#writeHeld(controller);
    this.#held = chunk;
    if (x.bytesOut === this.#expected) this.#finish();
    else if (!this.#flushScheduled) {
      // The end often comes in the same turn: then the last chunk and the end leave together. Otherwise the chunk goes now.
      this.#flushScheduled = true;
      setImmediate(this.#flush);
    }
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#over) return;
    const x = this.#x;
    if (error instanceof BodyTooLarge && this.#headers === null) {
      this.#over = true;
      refuse(x, this.#recorder, { code: 'body-too-large' });
      return;
    }
    if (this.#headers === null) {
      if (!this.#retried && this.#options.body === null && isStaleConnection(error, x.method)) {
        this.#retried = true;
        this.#pool.dispatch(this.#options, this);
        return;
      }
      this.#over = true;
      refuse(x, this.#recorder, { code: codeOfUpstreamError(error), detail: error.message });
      return;
    }
    this.#over = true;
    x.aborted = 'upstream';
    this.#broken = true;
    this.#recorder.record(x, this);
  }

  readonly #flush = (): void => {
    this.#flushScheduled = false;
    if (this.#held !== null && !this.#over && this.#controller !== null) this.#writeHeld(this.#controller);
  };

  #writeHeld(controller: Dispatcher.DispatchController): void {
    const chunk = this.#held;
    this.#held = null;
    this.#writeHead();
    if (this.#response.write(chunk)) return;
    controller.pause();
    this.#response.once('drain', () => controller.resume());
  }

  #writeHead(): void {
    if (this.#response.headersSent || this.#headers === null) return;
    this.#response.writeHead(this.#x.status, this.#headers);
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#recorder.record(this.#x, this);
  }

  /** The event is safe: the answer's last byte may go. */
  recorded(): void {
    if (this.#broken) {
      this.#response.destroy();
      return;
    }
    this.#writeHead();
    if (this.#held === null) this.#response.end();
    else if (this.#held.length > MAX_JOINED_BYTES) this.#response.end(this.#held);
    // As a string of bytes, a small body leaves in the same write as the head.
    else this.#response.end(this.#held.toString('latin1'), 'latin1');
  }

  /** The caller went away, its key was revoked, or the gateway stops. */
  readonly #abort = (reason: 'client' | 'revoked' | 'shutdown'): void => {
    if (this.#over) return;
    this.#over = true;
    const x = this.#x;
    x.aborted = 'client';
    if (reason === 'revoked') x.code = ENDED_CODE[x.caller?.via ?? 'apiKey'];
    this.#broken = true;
    this.#recorder.record(x, this);
    this.#controller?.abort(new Error(`ended: ${reason}`));
  };
}
