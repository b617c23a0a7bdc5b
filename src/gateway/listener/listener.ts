import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { DenialCode } from '../../contracts/errors/denials.ts';
import { DENIALS } from '../../contracts/errors/denials.ts';
import { AppError } from '../../platform/app-error.ts';
import { rawHead, refuse } from '../answer.ts';
import type { GatewayState } from '../gateway-state.ts';
import { handleRequest, handleUpgrade } from '../handle.ts';
import { problemBody } from '../refusal.ts';
import { createRequestId } from '../request-id.ts';
import { type ConnectionCounter, peerOfSocket } from './connections.ts';
import { dropIdle } from './idle.ts';

export type ListenAddress = { host: string; port: number };

/** One open address of the gateway. Its limits follow the configuration; only host and port are fixed. */
export type Listener = {
  readonly address: ListenAddress;
  /** What the operating system gave, when port 0 was asked for. */
  readonly url: string;
  follow(state: GatewayState): void;
  stopAccepting(): Promise<void>;
  closeIdle(): void;
  destroy(): void;
};

/** Node's own ceiling for a request's head; `limits.headers` lies below it and is judged in read-head.ts. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Opens an address. Throws `AppError('port-taken')` and the like with a plain sentence. */
export async function openListener(
  address: ListenAddress,
  state: GatewayState,
  connections: ConnectionCounter,
): Promise<Listener> {
  const server = createServer({
    maxHeaderSize: MAX_HEAD_BYTES,
    connectionsCheckingInterval: 1_000,
    requestTimeout: 0,
    noDelay: true,
    insecureHTTPParser: false,
    requireHostHeader: false,
    joinDuplicateHeaders: false,
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    const { runtime } = state;
    const peer = peerOfSocket(socket, runtime.trusted);
    if (!connections.admit(socket, peer, runtime.server.limits.connectionsPerAddress)) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => handleRequest(state, request, response));
  server.on('checkContinue', (request, response) => handleRequest(state, request, response));
  server.on('checkExpectation', (request, response) => handleRequest(state, request, response));
  server.on('upgrade', (request, socket, head) => handleUpgrade(state, request, socket, head));
  server.on('connect', (request, socket, head) => handleUpgrade(state, request, socket, head));
  server.on('clientError', (error, socket) => answerMalformed(state, error, socket));
  server.on('timeout', (socket) => dropIdle(state, socket));
  followLimits(server, state);
  await listen(server, address);
  return {
    address,
    url: urlOf(server, address),
    follow: (next) => followLimits(server, next),
    stopAccepting: () => new Promise((resolve) => server.close(() => resolve())),
    closeIdle: () => server.closeIdleConnections(),
    destroy: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function followLimits(server: Server, state: GatewayState): void {
  const { limits } = state.runtime.server;
  server.headersTimeout = limits.headerTimeoutMs;
  server.keepAliveTimeout = limits.idleTimeoutMs;
  server.timeout = limits.idleTimeoutMs;
}

function listen(server: Server, address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(listenError(error, address));
    server.once('error', onError);
    const host = address.host === '' ? {} : { host: address.host };
    server.listen({ ...host, port: address.port, backlog: 1024 }, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

function listenError(error: NodeJS.ErrnoException, { host, port }: ListenAddress): AppError {
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
function urlOf(server: Server, address: ListenAddress): string {
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : address.port;
  if (EVERY_ADDRESS.has(address.host)) return `http://localhost:${port}`;
  return `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${port}`;
}

const EVERY_ADDRESS = new Set(['', '0.0.0.0', '::']);

const CODE_OF_PARSER_ERROR: Readonly<Record<string, DenialCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What is no HTTP is answered once, recorded, and the connection closed: nobody knows where a next request would begin. */
function answerMalformed(state: GatewayState, error: NodeJS.ErrnoException, socket: Duplex): void {
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
  const body = problemBody(code, id);
  const headers = ['Content-Type', 'application/problem+json', 'Content-Length', String(Buffer.byteLength(body))];
  headers.push('Cache-Control', 'no-store', 'X-Request-Id', id, 'Connection', 'close');
  const { address } = peerOfSocket(socket as Socket, state.runtime.trusted);
  state.recorder.recordMalformed(
    { id, time, address, status, code, revision: state.runtime.revision },
    {
      recorded: () => void socket.end(rawHead(status, code, headers, false) + body),
    },
  );
}
