import type { IncomingMessage } from 'node:http';
import type { Caller } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { GatewayState } from '../gateway-state.ts';
import { AppAnswer } from './app-answer.ts';
import { cleanRequest } from './clean-request.ts';
import { limitBody } from './limit-body.ts';

/** What the application learns about a request that was let through. */
export type LetThrough = {
  /** Null where the route asks for no key. */
  readonly consumer: string | null;
  readonly scopes: readonly string[];
  /** `GET /orders/{id}`; null where no route knows the request and such requests pass. */
  readonly route: string | null;
  /** The reference that the caller gets as X-Request-Id, and the record has. */
  readonly requestId: string;
};

const WHEN_LET_THROUGH = Symbol('when let through');
type Waiting = IncomingMessage & { [WHEN_LET_THROUGH]?: (through: LetThrough) => void };

/** Leaves on a request what is to be done once it was let through; to be called before `Gateway.judge`. */
export function whenLetThrough(request: IncomingMessage, goOn: (through: LetThrough) => void): void {
  (request as Waiting)[WHEN_LET_THROUGH] = goOn;
}

/** Where the gateway runs in the application: the request goes on there, cleaned, and its answer is watched. */
export function proceedInside(state: GatewayState, x: Exchange): void {
  const request: Waiting = x.request;
  const goOn = request[WHEN_LET_THROUGH];
  if (goOn === undefined) throw new TypeError('nobody waits for this request');
  cleanRequest(x);
  x.upstreamStarted = performance.now();
  const through = letThrough(x);
  if (x.response === null) {
    joinUpgrade(state, x);
    goOn(through);
    return;
  }
  const answer = new AppAnswer(x, x.response, state.recorder);
  answer.watch();
  if (x.body === null && x.chunked && x.route !== null) limitBody(x, answer, x.route.bodyLimitBytes);
  else if (x.body === null && x.contentLength > 0) x.bytesIn = x.contentLength;
  try {
    goOn(through);
  } catch (error) {
    state.logger.error(
      { reference: x.id, error: error instanceof Error ? error.stack : String(error) },
      'the application failed at a request',
    );
    answer.fail();
  }
}

function letThrough(x: Exchange): LetThrough {
  const caller: Caller | null = x.caller;
  return {
    consumer: caller?.consumer ?? null,
    scopes: caller === null ? [] : [...caller.scopes],
    route: x.route?.id ?? null,
    requestId: x.id,
  };
}

/** The handshake is the application's; its beginning is recorded before it can answer, its end when the connection closes. */
function joinUpgrade({ recorder }: GatewayState, x: Exchange): void {
  const { socket } = x;
  const bytes = x.request.socket;
  const read = bytes.bytesRead;
  const written = bytes.bytesWritten;
  x.status = 101;
  x.upstreamMs = 0;
  recorder.recordNow(x);
  x.abort = (reason) => {
    x.abort = null;
    recorder.recordStreamEnd({
      id: x.id,
      bytesIn: bytes.bytesRead - read,
      bytesOut: bytes.bytesWritten - written,
      durationMs: performance.now() - x.started,
      reason,
    });
    socket.destroy();
  };
}
