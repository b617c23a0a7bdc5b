import type { ServerResponse } from 'node:http';
import type { IncomingHttpHeaders } from 'undici/types/header.js';
import { refuse } from '../answer.ts';
import { type AnswerGate, openGate } from '../answers/answer-gate.ts';
import { ENDED_CODE } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import { ABOUT_CONTENT, pushCareful, pushNoSniff, pushOwnHeaders } from '../proxy/response-headers.ts';
import type { Recorder } from '../recorder.ts';
import type { Refusal } from '../refusal.ts';
import { type Done, endArguments, mergeHead, toBytes, writeArguments } from './answer-arguments.ts';

/** As in front of an application: an answer that takes longer than this is not held any longer. */
const MAX_HOLD_MS = 50;
const ANSWER = Symbol('answer');
type Watched = ServerResponse & { [ANSWER]?: AppAnswer };

/**
 * The application's own answer on its way out: completes its head, takes its content through the route's gate, and records it
 * before its last byte leaves. Stands before the response's own methods; what it does there is done when they return, so that
 * frameworks find the response in the state they expect.
 */
export class AppAnswer {
  readonly #x: Exchange;
  readonly #response: ServerResponse;
  readonly #recorder: Recorder;
  /** The response's own methods, or those of whoever stood before them earlier. */
  readonly #own: Pick<ServerResponse, 'writeHead' | 'write' | 'end' | 'flushHeaders'>;
  #gate: AnswerGate | null = null;
  #holdTimer: NodeJS.Timeout | null = null;
  /** Content bytes by Content-Length; -1 when it was not said. */
  #expected = -1;
  #prepared = false;
  /** The head is the response's business from here on. */
  #committed = false;
  /** What is left to be sent once the gate has let go. */
  #last: Buffer | null = null;
  /** What comes now is the gateway's own answer in the application's place. */
  #refusing = false;
  /** What the application still says is not heard. */
  #over = false;

  constructor(x: Exchange, response: ServerResponse, recorder: Recorder) {
    this.#x = x;
    this.#response = response;
    this.#recorder = recorder;
    const { writeHead, write, end, flushHeaders } = response;
    this.#own = { writeHead, write, end, flushHeaders };
  }

  watch(): void {
    const response: Watched = this.#response;
    response[ANSWER] = this;
    response.writeHead = writeHead as ServerResponse['writeHead'];
    response.write = write as ServerResponse['write'];
    response.end = end as ServerResponse['end'];
    response.flushHeaders = flushHeaders;
    this.#x.abort = this.#abort;
  }

  writeHead(args: unknown[]): void {
    if (this.#over) return;
    if (this.#committed || this.#refusing) {
      this.#own.writeHead.apply(this.#response, args as Parameters<ServerResponse['writeHead']>);
      return;
    }
    mergeHead(this.#response, args);
    if (this.#prepare() && this.#gate === null) this.#commit();
  }

  flushHeaders(): void {
    if (this.#over || !this.#prepare()) return;
    if (this.#gate?.holding === true) {
      this.#hold();
      return;
    }
    this.#commit();
    this.#own.flushHeaders.call(this.#response);
  }

  write(chunk: unknown, encoding: BufferEncoding | undefined, done: Done): boolean {
    if (this.#over || !this.#prepare()) return said(done);
    const bytes = toBytes(chunk, encoding);
    const piece = this.#gate === null ? bytes : this.#gate.data(bytes);
    if (this.#gate?.refusal != null) {
      this.withhold(this.#gate.refusal);
      return said(done);
    }
    if (this.#gate?.holding === true) this.#hold();
    if (piece === null) return said(done);
    this.#commit();
    return this.#send(piece, done);
  }

  end(chunk: unknown, encoding: BufferEncoding | undefined, done: Done): void {
    if (this.#refusing) {
      this.#endOwn(chunk as Buffer | null, done);
      return;
    }
    if (this.#over || !this.#prepare()) {
      said(done);
      return;
    }
    let last = chunk === null || chunk === undefined ? null : toBytes(chunk, encoding);
    if (this.#gate !== null) {
      if (last !== null) last = this.#gate.data(last);
      const refusal = this.#gate.refusal ?? this.#pass(this.#gate, last);
      if (refusal !== null) {
        this.withhold(refusal);
        said(done);
        return;
      }
      last = this.#last;
    }
    this.#over = true;
    this.#clearTimer();
    if (last !== null) this.#count(last);
    if (!this.#x.recorded) this.#recorder.recordNow(this.#x);
    // Not through #commit: the response says the length itself when it gets head and content at once.
    this.#committed = true;
    this.#over = false;
    this.#endOwn(last, done);
    this.#over = true;
  }

  /** A refusal takes the answer's place, or ends the connection where a part of it has left. */
  withhold(refusal: Refusal): void {
    if (this.#over) return;
    const response = this.#response;
    this.#clearTimer();
    if (response.headersSent) {
      this.#x.code = refusal.code;
      this.#x.aborted = 'upstream';
      this.#over = true;
      if (!this.#x.recorded) this.#recorder.recordNow(this.#x);
      response.destroy();
      return;
    }
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    response.statusMessage = '';
    this.#refusing = true;
    refuse(this.#x, this.#recorder, refusal);
    this.#recorder.flush();
    this.#refusing = false;
    this.#over = true;
  }

  /** The application has failed without an answer. */
  fail(): void {
    this.withhold({ code: 'internal' });
  }

  /** Takes what the gate still holds behind `last`, or its refusal. */
  #pass(gate: AnswerGate, last: Buffer | null): Refusal | null {
    const { refusal, rest, changed } = gate.end();
    if (refusal !== null) return refusal;
    this.#last = last === null ? rest : rest === null ? last : Buffer.concat([last, rest]);
    if (changed) {
      for (const name of ABOUT_CONTENT) this.#response.removeHeader(name);
      this.#response.setHeader('Content-Length', this.#last?.length ?? 0);
    }
    return null;
  }

  /** Completes the head when it is first needed; false when nothing of the answer may leave. */
  #prepare(): boolean {
    if (this.#prepared) return true;
    this.#prepared = true;
    const x = this.#x;
    const response = this.#response;
    x.status = response.statusCode;
    x.upstreamMs = performance.now() - x.upstreamStarted;
    const { answers } = x.runtime.snapshot;
    for (const name of answers.stripHeaders) response.removeHeader(name);
    const said = response.getHeaders() as unknown as IncomingHttpHeaders;
    const own: string[] = [];
    if (answers.noSniff) pushNoSniff(said, own);
    if (answers.securityHeaders) pushCareful(x, said, own);
    pushOwnHeaders(x, own);
    for (let i = 0; i < own.length; i += 2) response.setHeader(own[i] ?? '', own[i + 1] ?? '');
    const bodyless = x.method === 'HEAD' || x.status === 204 || x.status === 304;
    const length = said['content-length'];
    if (!bodyless && length !== undefined) this.#expected = Number(length);
    this.#gate = openGate(x, x.status, said);
    if (this.#gate?.refusal == null) return true;
    this.withhold(this.#gate.refusal);
    return false;
  }

  #commit(): void {
    if (this.#committed) return;
    this.#committed = true;
    this.#own.writeHead.call(this.#response, this.#response.statusCode);
  }

  #send(piece: Buffer, done: Done): boolean {
    this.#count(piece);
    // The last byte by Content-Length leaves with this piece and not with the end.
    if (this.#expected >= 0 && this.#x.bytesOut >= this.#expected && !this.#x.recorded) {
      this.#recorder.recordNow(this.#x);
    }
    const write = this.#own.write as (data: Buffer, done?: () => void) => boolean;
    return write.call(this.#response, piece, done ?? undefined);
  }

  #endOwn(last: Buffer | null | undefined, done: Done): void {
    const end = this.#own.end as (data?: Buffer | null, done?: () => void) => void;
    end.call(this.#response, last ?? null, done ?? undefined);
  }

  #count(piece: Buffer): void {
    const { method, status } = this.#x;
    if (method !== 'HEAD' && status !== 204 && status !== 304) this.#x.bytesOut += piece.length;
  }

  #hold(): void {
    if (this.#gate?.patient === false) this.#holdTimer ??= setTimeout(this.#letGo, MAX_HOLD_MS);
  }

  /** The answer takes its time: what has come goes on, and the rest is looked at as it comes. */
  readonly #letGo = (): void => {
    if (this.#over || this.#gate === null) return;
    const piece = this.#gate.release();
    this.#commit();
    if (piece !== null) this.#send(piece, null);
    else this.#own.flushHeaders.call(this.#response);
  };

  #clearTimer(): void {
    if (this.#holdTimer !== null) clearTimeout(this.#holdTimer);
  }

  /** The caller went away, its credential was revoked, or the guard is being closed. */
  readonly #abort = (reason: 'client' | 'revoked' | 'shutdown'): void => {
    const x = this.#x;
    if (x.recorded) return;
    this.#over = true;
    this.#clearTimer();
    x.aborted = 'client';
    if (reason === 'revoked') x.code = ENDED_CODE[x.caller?.via ?? 'apiKey'];
    this.#recorder.recordNow(x);
    if (reason !== 'client') this.#response.destroy();
  };
}

/** The callback of a write that went nowhere; nobody has to wait for it. */
function said(done: Done): true {
  if (done !== null) process.nextTick(done);
  return true;
}

// The methods find their answer on the response: closures would have to be made for every request.
function writeHead(this: Watched, ...args: unknown[]): ServerResponse {
  this[ANSWER]?.writeHead(args);
  return this;
}

function flushHeaders(this: Watched): void {
  this[ANSWER]?.flushHeaders();
}

function write(this: Watched, ...args: unknown[]): boolean {
  const { chunk, encoding, done } = writeArguments(args);
  return this[ANSWER]?.write(chunk, encoding, done) ?? true;
}

function end(this: Watched, ...args: unknown[]): ServerResponse {
  const { chunk, encoding, done } = endArguments(args);
  this[ANSWER]?.end(chunk, encoding, done);
  return this;
}
