import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { rawHead, refuse } from '../answer.ts';
import { ENDED_CODE } from '../caller.ts';
import type { Exchange } from '../exchange.ts';
import type { Recorder } from '../recorder.ts';
import { upstreamHeaders } from './request-headers.ts';
import { pushOwnHeaders } from './response-headers.ts';
import { resting } from './resting.ts';
import type { ServiceUpstreams } from './service-upstreams.ts';
import type { Upstream } from './upstream.ts';
import { codeOfUpstreamError } from './upstream-errors.ts';

const SKIPPED = new Set([
  'connection',
  'upgrade',
  'keep-alive',
  'x-request-id',
  'proxy-connection',
  'transfer-encoding',
]);

/**
 * Passes a WebSocket handshake (RFC 6455 §4) that the policies let in, then joins the two connections. The 101 is recorded
 * before it leaves; the connection's end is recorded under the same id. Node's own client is used for it, as it hands out the
 * socket of a 101 and the answer of a refusal alike.
 */
export function forwardUpgrade(x: Exchange, recorder: Recorder): void {
  const upstreams = x.route?.upstreams;
  if (upstreams === undefined) throw new TypeError('a request without a route cannot be forwarded');
  if (x.method !== 'GET' || x.request.headers.upgrade?.toLowerCase() !== 'websocket') {
    refuse(x, recorder, { code: 'upgrade-unsupported' });
    return;
  }
  x.upstreamStarted = performance.now();
  const upstream = upstreams.choose(x.upstreamStarted, null);
  if (upstream === null) {
    refuse(x, recorder, resting(upstreams, x.upstreamStarted));
    return;
  }
  const headers = upstreamHeaders(x);
  headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  shakeHands(x, recorder, upstreams, upstream, headers, []);
}

/** Asks one upstream; the next one when no connection came to be and some of the time to connect is left. */
function shakeHands(
  x: Exchange,
  recorder: Recorder,
  upstreams: ServiceUpstreams,
  upstream: Upstream,
  headers: readonly string[],
  tried: readonly Upstream[],
): void {
  const send = upstream.secure ? httpsRequest : httpRequest;
  const outgoing = send(upstream.origin + upstream.basePath + x.path + x.query, {
    method: 'GET',
    headers: upstreams.preserveHost ? headers : [...headers, 'Host', upstream.host],
    agent: false,
    timeout: upstreams.connectShareMs,
  });
  let connected = false;
  x.abort = (reason) => {
    outgoing.destroy();
    x.socket.destroy();
    if (x.recorded) return;
    upstream.abandoned();
    x.aborted = 'client';
    if (reason === 'revoked') x.code = ENDED_CODE[x.caller?.via ?? 'apiKey'];
    recorder.record(x, null);
  };
  outgoing.on('socket', (socket) =>
    socket.once(upstream.secure ? 'secureConnect' : 'connect', () => {
      connected = true;
      outgoing.setTimeout(upstreams.responseTimeoutMs);
    }),
  );
  let timedOut = false;
  outgoing.on('timeout', () => {
    timedOut = true;
    outgoing.destroy(new Error('it took too long'));
  });
  outgoing.on('error', (error) => {
    if (x.recorded) return;
    upstream.failed(error.message);
    const now = performance.now();
    const seen = [...tried, upstream];
    const inTime = now - x.upstreamStarted < upstreams.connectTimeoutMs;
    const next = connected || !inTime ? null : upstreams.choose(now, seen);
    if (next !== null) {
      shakeHands(x, recorder, upstreams, next, headers, seen);
      return;
    }
    const code = !connected ? 'upstream-unreachable' : timedOut ? 'upstream-timeout' : codeOfUpstreamError(error);
    refuse(x, recorder, { code, detail: error.message });
  });
  outgoing.on('response', (answer) => {
    upstream.answered(answer.statusCode ?? 502);
    passRefusal(x, recorder, answer);
  });
  outgoing.on('upgrade', (answer, upstreamSocket, head) => {
    upstream.answered(101);
    join(x, recorder, outgoing, answer, upstreamSocket, head);
  });
  outgoing.end();
}

/** The upstream answered the handshake with an ordinary answer: it goes to the caller as it is, and the connection ends. */
function passRefusal(x: Exchange, recorder: Recorder, answer: IncomingMessage): void {
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('end', () => {
    const body = Buffer.concat(chunks);
    const headers = keptHeaders(answer.rawHeaders, true);
    headers.push('Content-Length', String(body.length), 'Connection', 'close');
    pushOwnHeaders(x, headers);
    x.status = answer.statusCode ?? 502;
    x.upstreamMs = performance.now() - x.upstreamStarted;
    x.bytesOut = body.length;
    recorder.record(x, {
      recorded() {
        x.socket.write(rawHead(x.status, answer.statusMessage ?? '', headers, true));
        x.socket.end(body);
      },
    });
  });
}

function join(
  x: Exchange,
  recorder: Recorder,
  outgoing: ClientRequest,
  answer: IncomingMessage,
  upstream: Duplex,
  head: Buffer,
): void {
  const { socket } = x;
  const headers = keptHeaders(answer.rawHeaders, false);
  headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  pushOwnHeaders(x, headers);
  x.status = 101;
  x.upstreamMs = performance.now() - x.upstreamStarted;
  let reason: 'client' | 'upstream' | 'revoked' | 'shutdown' | null = null;
  let received = 0;
  let sent = 0;
  const end = (why: NonNullable<typeof reason>) => {
    if (reason !== null) return;
    reason = why;
    socket.destroy();
    upstream.destroy();
    recorder.recordStreamEnd({
      id: x.id,
      bytesIn: received,
      bytesOut: sent,
      durationMs: performance.now() - x.started,
      reason,
    });
  };
  x.abort = (why) => end(why);
  outgoing.setTimeout(0);
  x.request.socket.setTimeout(0);
  socket.on('error', () => end('client'));
  upstream.on('error', () => end('upstream'));
  socket.on('close', () => end('client'));
  upstream.on('close', () => end('upstream'));
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  upstream.on('data', (chunk: Buffer) => {
    sent += chunk.length;
  });
  recorder.record(x, {
    recorded() {
      socket.write(rawHead(101, 'Switching Protocols', headers, false));
      if (head.length > 0) socket.write(head);
      if (x.upgradeHead !== null && x.upgradeHead.length > 0) upstream.write(x.upgradeHead);
      socket.pipe(upstream);
      upstream.pipe(socket);
    },
  });
}

function keptHeaders(raw: readonly string[], withoutLength: boolean): string[] {
  const kept: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    if (SKIPPED.has(name) || (withoutLength && name === 'content-length')) continue;
    kept.push(raw[i] ?? '', raw[i + 1] ?? '');
  }
  return kept;
}
