import type { Socket } from 'node:net';
import { refuse } from '../answer.ts';
import type { GatewayState } from '../gateway-state.ts';

/**
 * A connection was silent for the idle time. Waiting for the upstream or for the next line of an event stream is no fault; a
 * caller that stopped sending its body, or reading its answer, is cut off.
 */
export function dropIdle(state: GatewayState, socket: Socket): void {
  for (const x of state.active) {
    if (x.socket !== socket) continue;
    if (!x.request.complete && !x.recorded) {
      if (x.response?.headersSent === true) socket.destroy();
      else refuse(x, state.recorder, { code: 'request-timeout' });
      return;
    }
    if (socket.writableLength > 0) socket.destroy();
    return;
  }
  socket.destroy();
}
