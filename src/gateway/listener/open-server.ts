import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { GatewayState } from '../gateway-state.ts';
import { ACME_TLS_PROTOCOL } from '../tls/acme/challenges.ts';
import type { ServerCertificate } from '../tls/certificate.ts';
import { tlsOptions } from '../tls/tls-options.ts';

/** Node's own ceiling for a request's head; `limits.headers` lies below it and is judged in read-head.ts. */
export const MAX_HEAD_BYTES = 64 * 1024;

const HTTP_OPTIONS = {
  maxHeaderSize: MAX_HEAD_BYTES,
  connectionsCheckingInterval: 1_000,
  requestTimeout: 0,
  noDelay: true,
  insecureHTTPParser: false,
  requireHostHeader: false,
  joinDuplicateHeaders: false,
};

export function createPlainServer(): Server {
  return createServer(HTTP_OPTIONS);
}

/**
 * HTTP over TLS. A handshake may take as long as a head may (`limits.headerTimeout` when the address was opened). What
 * goes wrong in one concerns the caller alone: it is counted, and the connection is closed without an answer.
 */
export function createTlsServer(
  certificate: ServerCertificate | null,
  state: GatewayState,
  asks: boolean,
): SecureServer {
  const server = createSecureServer({
    ...HTTP_OPTIONS,
    ...tlsOptions(certificate),
    ALPNCallback(this: TLSSocket, offer: { servername: string; protocols: string[] }) {
      return chooseProtocol(state, this, offer);
    },
    // A certificate that is not good is refused by the routes that need one, with an answer and a record.
    requestCert: asks,
    rejectUnauthorized: false,
    handshakeTimeout: state.runtime.server.limits.headerTimeoutMs,
  });
  // Node would report it as a malformed request, whose answer nobody could read.
  server.removeAllListeners('tlsClientError');
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    state.recorder.countFailedHandshake();
    state.logger.debug({ code: error.code, address: socket.remoteAddress }, 'a TLS handshake failed');
    socket.destroy();
  });
  return server;
}

/**
 * The protocol to speak (RFC 7301), or none, which ends the handshake. An authority that checks a name for an order under way
 * asks by a protocol of its own, and is shown the certificate that was made for it.
 */
function chooseProtocol(
  state: GatewayState,
  socket: TLSSocket,
  { servername, protocols }: { servername: string; protocols: string[] },
): string | undefined {
  if (protocols.includes(ACME_TLS_PROTOCOL)) {
    const context = state.challenges.contextFor(servername);
    if (context === null) return undefined;
    socket.setKeyCert(context);
    return ACME_TLS_PROTOCOL;
  }
  if (state.runtime.server.http2.tls && protocols.includes('h2')) return 'h2';
  return protocols.includes('http/1.1') ? 'http/1.1' : undefined;
}

/** TLS sockets say so themselves. */
export function isEncrypted(socket: Duplex): boolean {
  return (socket as Duplex & { encrypted?: boolean }).encrypted === true;
}
