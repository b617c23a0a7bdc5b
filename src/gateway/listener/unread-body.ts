import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** The rest of a body that nobody wants may take so long; then its connection ends. */
const DRAIN_MS = 5_000;
const LINGER_MS = 1_000;

/**
 * After an answer that came before the whole body: what is left is thrown away, so that the connection can serve another
 * request. Without an end to that, a caller could keep it for days, a byte at a time.
 */
export function limitDrain(request: IncomingMessage, socket: Socket): void {
  if (socket.destroyed) return;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, DRAIN_MS).unref();
  socket.once('close', () => clearTimeout(timer));
}

/**
 * For a connection that is closed after its answer while the caller is still sending: closing at once would reset it, and the
 * caller would see a broken connection and never the answer (RFC 9112 §9.6). So it is closed for writing, and what still comes is
 * thrown away for a moment.
 */
export function linger(request: IncomingMessage, socket: Socket): void {
  // Node calls this once the last answer has left.
  socket.destroySoon = () => {
    const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
    socket.once('close', () => clearTimeout(timer));
    socket.end();
    request.resume();
  };
}
