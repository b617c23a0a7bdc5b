import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { refuse } from '../answer.ts';
import { type AnswerGate, openGate } from '../answers/answer-gate.ts';
import { ENDED_CODE } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Recorder } from '../recorder.ts';
import type { Refusal } from '../refusal.ts';
import type { Waiter } from '../spool/spool.ts';
import { BodyTooLarge } from './request-body.ts';
import { responseHeaders, withNewContent } from './response-headers.ts';
import type { ServiceUpstreams } from './service-upstreams.ts';
import { turnShare } from './turn-share.ts';
import type { Upstream } from './upstream.ts';
import { codeOfUpstreamError, isBrokenConnection } from './upstream-errors.ts';

const MAX_JOINED_BYTES = 8 * 1024;
/** An answer of unknown length that takes longer than this is not held any longer, so that streams stay streams. */
const MAX_HOLD_MS = 50;
/** What goes beyond this of an answer waits for its turn among other long ones. */
const SHORT_BYTES = 64 * 1024;

/** One request at the upstream, from dispatch to the answer's end. It is undici's handler itself: one object per request. */
export class Forwarding implements Dispatcher.DispatchHandler, Waiter {
  readonly #x: Exchange;
  readonly #response: ServerResponse;
  readonly #recorder: Recorder;
  readonly #upstreams: ServiceUpstreams;
  #upstream: Upstream;
  #options: Dispatcher.DispatchOptions;
  /** It may reach an application twice. */
  readonly #repeatable: boolean;
  #controller: Dispatcher.DispatchController | null = null;
  #headers: string[] | null = null;
  /** Body bytes still to come by Content-Length; -1 when it was not said. */
  #expected = -1;
  /** The latest chunk, kept back until it is known whether it is the last one. */
  #held: Buffer | null = null;
  #flushScheduled = false;
  /** The upstream is paused until the caller has read more, or until it is this answer's turn. */
  #waits = false;
  /** Holds the answer until it is judged; null where nobody asks. */
  #gate: AnswerGate | null = null;
  #holdTimer: NodeJS.Timeout | null = null;
  #received = 0;
  #repeated = false;
  #connectingSince: number;
  /** Upstreams that failed; null as long as none did. */
  #tried: Upstream[] | null = null;
  #over = false;
  /** The answer cannot be completed: the connection is cut so that nobody takes it for whole. */
  #broken = false;

  constructor(
    x: Exchange,
    response: ServerResponse,
    recorder: Recorder,
    upstreams: ServiceUpstreams,
    upstream: Upstream,
    options: Dispatcher.DispatchOptions,
    repeatable: boolean,
  ) {
    this.#x = x;
    this.#response = response;
    this.#recorder = recorder;
    this.#upstreams = upstreams;
    this.#upstream = upstream;
    this.#options = options;
    this.#repeatable = repeatable;
    this.#connectingSince = x.upstreamStarted;
  }

  start(pool: Dispatcher): void {
    this.#x.abort = this.#abort;
    pool.dispatch(this.#options, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('the caller has gone'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    const x = this.#x;
    this.#upstream.answered(status);
    x.status = status;
    x.upstreamMs = performance.now() - x.upstreamStarted;
    this.#headers = responseHeaders(x, headers);
    const length = headers['content-length'];
    if (typeof length === 'string' && x.method !== 'HEAD' && status !== 304) this.#expected = Number(length);
    this.#gate = openGate(x, status, headers);
    if (this.#gate?.refusal != null) this.#withhold(this.#gate.refusal);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return;
    this.#received += chunk.length;
    const piece = this.#gate === null ? chunk : this.#gate.data(chunk);
    if (this.#gate?.refusal != null) {
      this.#withhold(this.#gate.refusal);
      return;
    }
    if (piece !== null) this.#pass(controller, piece);
    if (this.#received === this.#expected) this.#finish();
    else if (!this.#flushScheduled) {
      // The end often comes in the same turn: then the last chunk and the end leave together. Otherwise the chunk goes now.
      this.#flushScheduled = true;
      setImmediate(this.#flush);
    }
  }

  /** Sends what was kept back and keeps this piece back instead. */
  #pass(controller: Dispatcher.DispatchController, piece: Buffer): void {
    this.#x.bytesOut += piece.length;
    if (this.#held !== null) this.#writeHeld(controller);
    this.#held = piece;
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
      if (this.#tryAgain(error)) return;
      this.#over = true;
      refuse(x, this.#recorder, { code: codeOfUpstreamError(error), detail: error.message });
      return;
    }
    this.#over = true;
    x.aborted = 'upstream';
    this.#broken = true;
    this.#recorder.record(x, this);
  }

  /**
   * Sends the request once more where that cannot make an application do it twice: on a fresh connection, once, when it may be
   * repeated and its connection broke; to the next upstream when no connection came to be, within the time to connect.
   */
  #tryAgain(error: Error): boolean {
    const now = performance.now();
    if (this.#controller !== null) {
      if (this.#repeatable && !this.#repeated && isBrokenConnection(error)) {
        // Nobody's fault as yet: an upstream may close a silent connection at any time.
        this.#repeated = true;
        this.#connectingSince = now;
        this.#dispatchTo(this.#upstream);
        return true;
      }
      this.#upstream.failed(error.message);
      return false;
    }
    this.#upstream.failed(error.message);
    if (now - this.#connectingSince >= this.#upstreams.connectTimeoutMs) return false;
    this.#tried ??= [];
    this.#tried.push(this.#upstream);
    const next = this.#upstreams.choose(now, this.#tried);
    if (next === null) return false;
    this.#dispatchTo(next);
    return true;
  }

  #dispatchTo(upstream: Upstream): void {
    this.#upstream = upstream;
    this.#controller = null;
    this.#options = { ...this.#options, path: upstream.basePath + this.#x.path + this.#x.query };
    upstream.connections.fresh.dispatch(this.#options, this);
  }

  readonly #flush = (): void => {
    this.#flushScheduled = false;
    if (this.#over || this.#controller === null) return;
    if (this.#held !== null && !this.#waits) this.#writeHeld(this.#controller);
    if (this.#gate === null || !this.#gate.holding || this.#gate.patient) return;
    this.#holdTimer ??= setTimeout(this.#letGo, MAX_HOLD_MS);
  };

  /** The answer takes its time: what has come goes on, and the rest is looked at as it comes. */
  readonly #letGo = (): void => {
    const piece = this.#over ? null : (this.#gate?.release() ?? null);
    if (piece === null || this.#controller === null) return;
    this.#pass(this.#controller, piece);
    this.#writeHeld(this.#controller);
  };

  /** The answer stays here: its place is taken by a refusal, and the upstream need not go on. */
  #withhold(refusal: Refusal): void {
    this.#over = true;
    refuse(this.#x, this.#recorder, refusal);
    // What has come in full needs no end, and its connection can serve the next request.
    if (this.#received !== this.#expected) this.#controller?.abort(new Error('the answer is withheld'));
  }

  #writeHeld(controller: Dispatcher.DispatchController): void {
    const chunk = this.#held;
    this.#held = null;
    this.#writeHead();
    const isLong = this.#x.bytesOut > SHORT_BYTES;
    if (isLong) turnShare.spend(chunk?.length ?? 0);
    const goesOn = this.#response.write(chunk);
    if (this.#waits) return;
    if (!goesOn) this.#response.once('drain', this.#drained);
    else if (isLong && turnShare.isUsedUp) turnShare.wait(this.#goOn);
    else return;
    this.#waits = true;
    controller.pause();
  }

  readonly #drained = (): void => {
    if (this.#x.bytesOut > SHORT_BYTES && turnShare.isUsedUp) turnShare.wait(this.#goOn);
    else this.#goOn();
  };

  readonly #goOn = (): void => {
    const controller = this.#controller;
    if (this.#over || controller === null) return;
    this.#waits = false;
    if (this.#held !== null) this.#writeHeld(controller);
    if (!this.#waits) controller.resume();
  };

  #writeHead(): void {
    if (this.#response.headersSent || this.#headers === null) return;
    this.#response.writeHead(this.#x.status, this.#headers);
  }

  #finish(): void {
    if (this.#over) return;
    if (this.#gate !== null && !this.#passGate(this.#gate)) return;
    this.#over = true;
    this.#recorder.record(this.#x, this);
  }

  /** Takes what the gate still holds; false when the answer is withheld. */
  #passGate(gate: AnswerGate): boolean {
    if (this.#holdTimer !== null) clearTimeout(this.#holdTimer);
    const { refusal, rest, changed } = gate.end();
    if (refusal !== null) {
      this.#withhold(refusal);
      return false;
    }
    if (changed && this.#headers !== null) this.#headers = withNewContent(this.#headers, rest?.length ?? 0);
    if (rest !== null) {
      this.#x.bytesOut += rest.length;
      this.#held = this.#held === null ? rest : Buffer.concat([this.#held, rest]);
    }
    return true;
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
    if (this.#headers === null) this.#upstream.abandoned();
    x.aborted = 'client';
    if (reason === 'revoked') x.code = ENDED_CODE[x.caller?.via ?? 'apiKey'];
    this.#broken = true;
    this.#recorder.record(x, this);
    this.#controller?.abort(new Error(`ended: ${reason}`));
  };
}
