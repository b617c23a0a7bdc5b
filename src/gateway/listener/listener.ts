import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DenialCode } from '../../contracts/errors/denials.ts';
import { DENIALS } from '../../contracts/errors/denials.ts';
import type { SnapshotListen } from '../../contracts/snapshot/snapshot-server.ts';
import { AppError } from '../../platform/app-error.ts';
import { rawHead, refuse } from '../answer.ts';
import type { GatewayState } from '../gateway-state.ts';
import { handleRedirect, handleRedirectedUpgrade, handleRequest, handleUpgrade } from '../handle.ts';
import { outboundHandlers } from '../outbound/handle-outbound.ts';
import { problemBody } from '../refusal.ts';
import { createRequestId } from '../request-id.ts';
import type { ServerCertificate } from '../tls/certificate.ts';
import { sameTrust } from '../tls/client-trust.ts';
import { tlsOptions } from '../tls/tls-options.ts';
import { CertifiedConnections } from './certified-connections.ts';
import { type ConnectionCounter, peerOfSocket } from './connections.ts';
import { createH2Server } from './http2/h2-server.ts';
import { dropIdle } from './idle.ts';
import { createPlainServer, createTlsServer } from './open-server.ts';
import { speakBoth } from './speak.ts';

/** One open address of the gateway. Its limits and certificate follow the configuration; host, port and protocol are fixed. */
export type Listener = {
  readonly address: SnapshotListen;
  /** What the operating system gave, when port 0 was asked for. */
  readonly url: string;
  /** Whether callers are asked for a certificate; fixed as well. */
  readonly asksForCertificates: boolean;
  follow(state: GatewayState): void;
  /** What connections opened from now on are shown; open ones stay. Nothing on an address without TLS. */
  serve(certificate: ServerCertificate | null): void;
  stopAccepting(): Promise<void>;
  closeIdle(): void;
  destroy(): void;
};

/**
 * Opens an address. With TLS and no certificate yet, every handshake on it fails. `asks`: callers are asked for a certificate.
 * `shared`: other threads listen there too (SO_REUSEPORT). Throws `AppError('port-taken')` and the like with a plain sentence.
 */
export async function openListener(
  address: SnapshotListen,
  state: GatewayState,
  connections: ConnectionCounter,
  certificate: ServerCertificate | null,
  asks: boolean,
  shared: boolean,
): Promise<Listener> {
  const secure = address.protocol === 'https' ? createTlsServer(certificate, state, asks) : null;
  const server: Server | SecureServer = secure ?? createPlainServer();
  const redirects = address.protocol === 'redirect';
  const h2 = redirects ? null : createH2Server(state);
  if (h2 !== null) speakBoth(server, secure !== null, h2, state);
  const sockets = new Set<Socket>();
  let clients = certificate?.clients ?? null;
  const certified = secure === null || !asks ? null : new CertifiedConnections();
  if (certified !== null) secure?.on('secureConnection', (socket) => certified.secured(socket));
  server.on('connection', (socket: Socket) => {
    const { runtime } = state;
    const peer = peerOfSocket(socket, runtime.trusted);
    if (!connections.admit(socket, peer, runtime.server.limits.connectionsPerAddress)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    certified?.opened(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const { onRequest, onUpgrade } = handlersFor(address);
  server.on('request', (request, response) => onRequest(state, request, response));
  server.on('checkContinue', (request, response) => onRequest(state, request, response));
  server.on('checkExpectation', (request, response) => onRequest(state, request, response));
  server.on('upgrade', (request, socket, head) => onUpgrade(state, request, socket, head));
  server.on('connect', (request, socket, head) => onUpgrade(state, request, socket, head));
  server.on('clientError', (error, socket) => answerMalformed(state, error, socket, address.outbound !== undefined));
  server.on('timeout', (socket) => dropIdle(state, socket));
  followLimits(server, state);
  await listen(server, address, shared);
  return {
    address,
    url: urlOf(server, address),
    asksForCertificates: certified !== null,
    follow: (next) => {
      followLimits(server, next);
      h2?.follow(next);
    },
    serve(next) {
      if (secure === null) return;
      secure.setSecureContext(tlsOptions(next));
      if (!sameTrust(clients, next?.clients ?? null)) certified?.end(state);
      clients = next?.clients ?? null;
    },
    stopAccepting: () => new Promise((resolve) => server.close(() => resolve())),
    closeIdle: () => {
      server.closeIdleConnections();
      h2?.closeIdle();
    },
    destroy: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function handlersFor({ protocol, outbound }: SnapshotListen) {
  if (outbound !== undefined) return outboundHandlers(outbound.vendor);
  if (protocol === 'redirect') return { onRequest: handleRedirect, onUpgrade: handleRedirectedUpgrade };
  return { onRequest: handleRequest, onUpgrade: handleUpgrade };
}

function followLimits(server: Server | SecureServer, state: GatewayState): void {
  const { limits } = state.runtime.server;
  server.headersTimeout = limits.headerTimeoutMs;
  server.keepAliveTimeout = limits.idleTimeoutMs;
  server.timeout = limits.idleTimeoutMs;
}

function listen(server: Server | SecureServer, address: SnapshotListen, reusePort: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(listenError(error, address));
    server.once('error', onError);
    const host = address.host === '' ? {} : { host: address.host };
    server.listen({ ...host, port: address.port, backlog: 1024, reusePort }, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

export function listenError(error: NodeJS.ErrnoException, { host, port }: SnapshotListen): AppError {
  const where = `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return new AppError('port-taken', `Another program already uses ${where}.`, {
      next: 'Stop that program, or choose another port for the gateway ("server.listen", or --gateway HOST:PORT).',
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new AppError('port-forbidden', `This user may not open ${where}.`, {
      next: 'Ports below 1024 need a special right; choose a port such as 8080, or let a service manager grant it.',
      cause: error,
    });
  }
  return new AppError('listen-failed', `The address ${where} cannot be opened (${error.code ?? 'unknown reason'}).`, {
    next: 'Check that the address belongs to this machine.',
    cause: error,
  });
}

/** An address under which the listener can be reached from this machine. */
function urlOf(server: Server | SecureServer, address: SnapshotListen): string {
  const scheme = address.protocol === 'https' ? 'https' : 'http';
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  if (EVERY_ADDRESS.has(address.host)) return `${scheme}://localhost:${port}`;
  return `${scheme}://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
}

const EVERY_ADDRESS = new Set(['', '0.0.0.0', '::']);

const CODE_OF_PARSER_ERROR: Readonly<Record<string, DenialCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What is no HTTP is answered once, recorded, and the connection closed: nobody knows where a next request would begin. */
function answerMalformed(state: GatewayState, error: NodeJS.ErrnoException, socket: Duplex, outbound: boolean): void {
  const inFlight = [...state.active].find((x) => x.socket === socket);
  if (inFlight !== undefined) {
    if (inFlight.response === null || inFlight.response.headersSent) {
      socket.destroy();
      return;
    }
    refuse(inFlight, state.recorder, { code: 'request-malformed', detail: error.code ?? 'broken framing' });
    return;
  }
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const code = CODE_OF_PARSER_ERROR[error.code ?? ''] ?? 'request-malformed';
  const time = state.clock.now();
  const id = createRequestId(time);
  const { status } = DENIALS[code];
  const body = problemBody(code, id, {}, outbound);
  const headers = ['Content-Type', 'application/problem+json', 'Content-Length', String(Buffer.byteLength(body))];
  headers.push('Cache-Control', 'no-store', 'X-Request-Id', id, 'Connection', 'close');
  const { address } = peerOfSocket(socket as Socket, state.runtime.trusted);
  state.recorder.recordMalformed(
    { id, time, address, status, code, revision: state.runtime.revision, outbound },
    {
      recorded: () => void socket.end(rawHead(status, code, headers, false) + body),
    },
  );
}
