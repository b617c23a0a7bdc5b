import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { GatewayState } from '../gateway-state.ts';
import { condemn } from './connections.ts';

/**
 * The connections of an address whose callers showed a certificate. What was verified against an authority and its list of
 * revoked certificates does not outlive them: callers open a new connection and are verified anew.
 */
export class CertifiedConnections {
  readonly #handshaking = new Map<string, Socket>();
  readonly #certified = new Set<TLSSocket>();

  /** A connection was opened; it has no certificate before its handshake is over. */
  opened(socket: Socket): void {
    const name = nameOf(socket);
    this.#handshaking.set(name, socket);
    socket.once('close', () => this.#handshaking.delete(name));
  }

  secured(socket: TLSSocket): void {
    this.#handshaking.delete(nameOf(socket));
    if (socket.getPeerX509Certificate() === undefined) return;
    this.#certified.add(socket);
    socket.once('close', () => this.#certified.delete(socket));
  }

  /** Ends them all: at once where nothing is under way or a stream would go on for long, else after the answer under way. */
  end(state: GatewayState): void {
    for (const socket of this.#handshaking.values()) socket.destroy();
    const busy = new Set<Socket>();
    for (const x of state.active) {
      const { socket } = x.request;
      if (!this.#certified.has(socket as TLSSocket)) continue;
      busy.add(socket);
      condemn(socket);
      if (x.response === null || x.wantsEventStream) x.abort?.('revoked');
      x.response?.once('close', () => socket.end());
    }
    for (const socket of this.#certified) if (!busy.has(socket)) socket.destroy();
  }
}

/** Node gives no way from the inner side of a TLS connection to its outer one; both have the same other end. */
const nameOf = (socket: Socket) => `${socket.remoteAddress} ${socket.remotePort}`;
