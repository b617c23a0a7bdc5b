import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createServer, type Http2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { refuse } from '../../answer.ts';
import type { Exchange } from '../../exchange.ts';
import type { GatewayState } from '../../gateway-state.ts';
import { handleStream } from '../../handle.ts';
import { peerOfSocket } from '../connections.ts';
import { MAX_HEAD_BYTES } from '../open-server.ts';
import { H2Request } from './h2-request.ts';
import { H2Response } from './h2-response.ts';
import { LatelyFlooded } from './lately-flooded.ts';
import { RESETS_AT_ONCE, RESETS_AT_ONCE_AFTER_FLOOD, RESETS_PER_SECOND, SessionGuard } from './session-guard.ts';

/** HTTP/2 on connections that a listener hands over. It has no address of its own. */
export type H2Server = {
  /** The connection speaks HTTP/2: TLS agreed on it, or its first bytes say so. */
  take(socket: Socket): void;
  follow(state: GatewayState): void;
  /** Lets every connection end with what is under way on it. */
  closeIdle(): void;
};

/** As many fields as HTTP/1.1 may have. */
const MAX_FIELDS = 2_000;
/** Frames that break the protocol, and streams that are refused, before a connection is closed. */
const MAX_INVALID = 100;
const SWEEP_MS = 1_000;

/**
 * nghttp2 within Node does the framing and bounds what a caller can make it hold: SETTINGS and PING that wait for their answers,
 * CONTINUATION frames, the list of fields after decompression. Pushes and WebSockets (RFC 8441) are not offered.
 */
export function createH2Server(state: GatewayState): H2Server {
  const guards = new Map<Http2Session, SessionGuard>();
  const sockets = new WeakMap<Http2Session, Socket>();
  const floods = new LatelyFlooded();
  let taken: Socket | null = null;
  const server = createServer({
    Http2ServerRequest: H2Request,
    Http2ServerResponse: H2Response,
    settings: settingsOf(state),
    maxHeaderListPairs: MAX_FIELDS,
    maxSessionInvalidFrames: MAX_INVALID,
    maxSessionRejectedStreams: MAX_INVALID,
    streamResetBurst: RESETS_AT_ONCE,
    streamResetRate: RESETS_PER_SECOND,
  });
  server.on('session', (session) => {
    const peer = taken === null ? null : peerOfSocket(taken, state.runtime.trusted);
    const suspect = peer !== null && floods.has(peer.group, performance.now());
    const guard = new SessionGuard(session, suspect ? RESETS_AT_ONCE_AFTER_FLOOD : RESETS_AT_ONCE, () => {
      // A trusted proxy speaks for many.
      if (peer?.trusted === false) floods.add(peer.group, performance.now());
      flooded(state, session);
    });
    guards.set(session, guard);
    if (taken !== null) sockets.set(session, taken);
    session.on('stream', (stream) => {
      guard.opened(stream);
      stream.setTimeout(state.runtime.server.limits.idleTimeoutMs);
      stream.on('timeout', () => dropStalled(state, stream));
    });
    session.once('close', () => guards.delete(session));
  });
  server.on('sessionError', (error: NodeJS.ErrnoException, session) => {
    state.logger.debug(
      { code: error.code, address: sockets.get(session)?.remoteAddress },
      'an HTTP/2 connection failed',
    );
    if (BREACHES.has(error.code)) state.recorder.countBreach();
  });
  const onRequest = (request: H2Request, response: H2Response): void => {
    const session = request.stream.session;
    const socket = session === undefined || session.destroyed ? undefined : sockets.get(session);
    // The connection is gone already: nobody would read the answer.
    if (socket === undefined) return;
    // The two have what the gateway uses of HTTP/1.1's; their types say nothing of it.
    handleStream(state, request as unknown as IncomingMessage, response as unknown as ServerResponse, socket);
  };
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  server.on('checkExpectation', onRequest);
  server.on('connect', onRequest);
  let closing = false;
  const sweep = setInterval(() => {
    if (closing && guards.size === 0) clearInterval(sweep);
    const { headerTimeoutMs, idleTimeoutMs } = state.runtime.server.limits;
    const now = performance.now();
    for (const [session, guard] of guards) {
      if (!guard.isIdle(now, headerTimeoutMs, idleTimeoutMs)) continue;
      // Half a head keeps a connection from ending by itself.
      if (session.closed) session.destroy();
      else session.close();
    }
  }, SWEEP_MS).unref();
  return {
    take(socket) {
      taken = socket;
      server.emit('connection', socket);
      taken = null;
    },
    follow(next) {
      server.updateSettings(settingsOf(next));
    },
    closeIdle() {
      closing = true;
      for (const session of guards.keys()) session.close();
    },
  };
}

/** What nghttp2 closes a connection for; a caller who just goes away is none of it. */
const BREACHES = new Set<string | undefined>(['ERR_HTTP2_ERROR', 'ERR_HTTP2_TOO_MANY_INVALID_FRAMES']);

function settingsOf({ runtime }: GatewayState) {
  return {
    enablePush: false,
    enableConnectProtocol: false,
    maxConcurrentStreams: runtime.server.limits.streams,
    maxHeaderListSize: MAX_HEAD_BYTES,
  };
}

function flooded(state: GatewayState, session: Http2Session): void {
  state.recorder.countBreach();
  session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
}

/**
 * Nothing moved on a stream for the idle time. Waiting for the upstream or for the next line of an event stream is no fault; a
 * caller that stopped sending its body, or reading its answer, is cut off.
 */
function dropStalled(state: GatewayState, stream: ServerHttp2Stream): void {
  const x = exchangeOf(state, stream);
  if (x?.response == null) return;
  if (x.recorded || stream.writableLength > 0) {
    x.response.destroy();
    return;
  }
  const hasBody = x.chunked || x.contentLength > 0;
  if (!hasBody || x.request.complete) return;
  if (x.response.headersSent) x.response.destroy();
  else refuse(x, state.recorder, { code: 'request-timeout' });
}

function exchangeOf(state: GatewayState, stream: ServerHttp2Stream): Exchange | null {
  for (const x of state.active) if ((x.response as unknown as H2Response | null)?.stream === stream) return x;
  return null;
}
