import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayState } from '../gateway-state.ts';
import { accept, type Entrance } from '../handle.ts';
import { enterVendorsDoor } from './enter-door.ts';

/** What an address of the vendors' door does: `vendor` is the only one that is reached there, null where all are. */
export function outboundHandlers(vendor: string | null) {
  const enter: Entrance = (x) => enterVendorsDoor(x, vendor);
  return {
    onRequest(state: GatewayState, request: IncomingMessage, response: ServerResponse): void {
      accept(state, request, response, request.socket, null, false, enter);
    },
    onUpgrade(state: GatewayState, request: IncomingMessage, socket: Duplex, head: Buffer): void {
      accept(state, request, null, socket, head, false, enter);
    },
  };
}
