import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { GatewayState } from '../gateway-state.ts';
import { ACME_TLS_PROTOCOL } from '../tls/acme/challenges.ts';
import type { H2Server } from './http2/h2-server.ts';

/**
 * Sends each connection of an address to HTTP/1.1 or HTTP/2. Node's own server for both would take HTTP/1.1 off the path that
 * this gateway is measured and hardened on.
 */
export function speakBoth(server: Server | SecureServer, isSecure: boolean, h2: H2Server, state: GatewayState): void {
  const event = isSecure ? 'secureConnection' : 'connection';
  const [http1] = server.listeners(event) as ((socket: Socket) => void)[];
  if (http1 === undefined) throw new TypeError(`Node's server does not listen for ${event}`);
  server.removeAllListeners(event);
  if (isSecure) {
    server.on(event, (socket: TLSSocket) => {
      if (socket.alpnProtocol === 'h2') h2.take(socket);
      // The authority has seen the certificate in the handshake; there is nothing to say (RFC 8737 §3).
      else if (socket.alpnProtocol === ACME_TLS_PROTOCOL) socket.destroy();
      else http1.call(server, socket);
    });
    return;
  }
  server.on(event, (socket: Socket) => {
    const { http2, limits } = state.runtime.server;
    if (!http2.cleartext) http1.call(server, socket);
    else
      lookAtFirstBytes(socket, limits.headerTimeoutMs, (isH2) => (isH2 ? h2.take(socket) : http1.call(server, socket)));
  });
}

/** How HTTP/2 begins for callers with prior knowledge (RFC 9113 §3.4); no method of HTTP/1.1 is called that. */
const PREFACE = Buffer.from('PRI ');

function lookAtFirstBytes(socket: Socket, timeoutMs: number, decided: (isH2: boolean) => void): void {
  const drop = () => void socket.destroy();
  socket.setTimeout(timeoutMs, drop);
  socket.on('error', drop);
  const look = () => {
    const bytes = socket.read() as Buffer | null;
    if (bytes === null) return;
    const known = Math.min(bytes.length, PREFACE.length);
    const fits = bytes.subarray(0, known).equals(PREFACE.subarray(0, known));
    socket.unshift(bytes);
    if (fits && known < PREFACE.length) return;
    socket.off('readable', look);
    socket.off('error', drop);
    socket.setTimeout(0);
    socket.off('timeout', drop);
    decided(fits);
  };
  socket.on('readable', look);
}
