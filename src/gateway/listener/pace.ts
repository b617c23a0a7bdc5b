import type { Socket } from 'node:net';
import { refuse } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { GatewayState } from '../gateway-state.ts';

/** Slower than this over the whole idle time is nobody's line: even GSM's first modems carried ten times as much. */
const LEAST_BYTES_PER_SECOND = 100;

/** Where a caller's transfer stood when it was last found to move. */
type Mark = { since: number; received: number; written: number; queued: number };

/**
 * Ends requests whose caller sends its body, or reads its answer, a few bytes at a time. The idle time alone does not see
 * them: each byte begins it anew. Only what the caller itself holds up counts: not an upstream that is slow to take a body or
 * to answer, not an event stream without events, no upgraded connection. Streams by HTTP/2 have the idle time alone.
 */
export class Pace {
  #marks = new Map<Exchange, Mark>();

  /** To be called every few seconds; `now` is monotonic, in milliseconds. */
  check(state: GatewayState, now: number): void {
    const windowMs = state.runtime.server.limits.idleTimeoutMs;
    const least = (LEAST_BYTES_PER_SECOND * windowMs) / 1000;
    const marks = new Map<Exchange, Mark>();
    const slow: Slow[] = [];
    for (const x of state.active) {
      const socket = x.socket as Socket;
      const sends = isSending(x);
      if (x.response === null || x.http2 || (!sends && socket.writableLength === 0)) continue;
      const mark = this.#marks.get(x);
      const here = markOf(socket, now);
      if (mark === undefined || movedBytes(mark, here) >= least) marks.set(x, here);
      else if (now - mark.since < windowMs) marks.set(x, mark);
      else slow.push({ x, sends });
    }
    this.#marks = marks;
    if (slow.length > 0) cutOff(state, slow, 0);
  }
}

type Slow = { readonly x: Exchange; readonly sends: boolean };

/** Each may hold megabytes that are given up with it: a few in a turn of the event loop, so that nobody waits for all. */
const CUT_IN_A_TURN = 8;

function cutOff(state: GatewayState, slow: readonly Slow[], from: number): void {
  const to = from + CUT_IN_A_TURN;
  for (const { x, sends } of slow.slice(from, to)) {
    if (sends && x.response?.headersSent !== true) refuse(x, state.recorder, { code: 'request-timeout' });
    else x.socket.destroy();
  }
  if (to < slow.length) setImmediate(cutOff, state, slow, to);
}

/** Whether the gateway waits for more of the body. What has come and nobody has taken yet is not the caller's fault. */
function isSending({ request, recorded }: Exchange): boolean {
  return !request.complete && !recorded && request.readableLength === 0;
}

/** `written` grows when a write has ended, which may be a large one; `queued` is what the system has not taken of it yet. */
function markOf(socket: Socket, now: number): Mark {
  return {
    since: now,
    received: socket.bytesRead,
    written: socket.bytesWritten - socket.writableLength,
    queued: (socket as Socket & { _handle?: { writeQueueSize?: number } | null })._handle?.writeQueueSize ?? 0,
  };
}

function movedBytes(before: Mark, after: Mark): number {
  const written = after.written - before.written;
  return after.received - before.received + (written > 0 ? written : before.queued - after.queued);
}
