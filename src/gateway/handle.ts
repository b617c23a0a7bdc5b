import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuse } from './answer.ts';
import { isExcepted } from './exceptions.ts';
import { Exchange, type Step } from './exchange.ts';
import type { GatewayState } from './gateway-state.ts';
import { clientBehindProxy } from './listener/client-address.ts';
import { isCondemned, peerOfSocket } from './listener/connections.ts';
import { readHead } from './listener/read-head.ts';
import { limitDrain } from './listener/unread-body.ts';
import { leavePlaces } from './policies/concurrency.ts';
import { redirectToHttps } from './redirect.ts';
import type { Refusal } from './refusal.ts';
import { createRequestId } from './request-id.ts';

/** Takes one request through the pipeline and, where nothing speaks against it, on from there (`state.proceed`). Never throws. */
export function handleRequest(state: GatewayState, request: IncomingMessage, response: ServerResponse): void {
  accept(state, request, response, request.socket, null);
}

/** The same for a request by HTTP/2, one of many on its connection. */
export function handleStream(
  state: GatewayState,
  request: IncomingMessage,
  response: ServerResponse,
  socket: Socket,
): void {
  accept(state, request, response, socket, null);
}

/** The same for a request to upgrade its connection (RFC 9110 §7.8). */
export function handleUpgrade(state: GatewayState, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  accept(state, request, null, socket, head);
}

/** On an address for plain HTTP beside https: whatever is clear and for a known host is sent on to https. */
export function handleRedirect(state: GatewayState, request: IncomingMessage, response: ServerResponse): void {
  accept(state, request, response, request.socket, null, true);
}

export function handleRedirectedUpgrade(
  state: GatewayState,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  accept(state, request, null, socket, head, true);
}

/** Reads a request and finds its route: at the front door, or at another one. Null: `x.route` says how it is judged. */
export type Entrance = (x: Exchange) => Refusal | null;

export function accept(
  state: GatewayState,
  request: IncomingMessage,
  response: ServerResponse | null,
  socket: Duplex,
  head: Buffer | null,
  redirects = false,
  enter: Entrance | null = null,
): void {
  // What follows an unclear request on its connection may be the rest of it: nobody reads it as a request (RFC 9112 §11.2).
  if (isCondemned(socket as Socket)) return;
  const time = state.clock.now();
  const runtime = state.runtime;
  const peer = peerOfSocket(socket as Socket, runtime.trusted);
  const x = new Exchange(
    createRequestId(time),
    time,
    performance.now(),
    runtime,
    request,
    response,
    socket,
    head,
    peer,
  );
  x.inside = state.inside !== null;
  state.active.add(x);
  if (state.leaving && response !== null) response.shouldKeepAlive = false;
  const end: Ending = response ?? socket;
  end[EXCHANGE] = x;
  end[STATE] = state;
  end.on('close', onClose);
  try {
    const refusal = enter === null ? (readRequest(state, x) ?? (redirects ? null : findRoute(x))) : enter(x);
    if (refusal === null && redirects) redirectToHttps(x, state.recorder, state.challenges);
    else if (refusal === null) run(state, x, x.route?.steps ?? [], 0);
    else if (refusal.code === 'route-unknown' && state.inside?.passUnmatched === true) state.proceed(state, x);
    else refuse(x, state.recorder, refusal);
  } catch (error) {
    fail(state, x, error);
  }
}

/** What closes when an exchange is over; it carries what {@link onClose} needs, which saves a closure per request. */
type Ending = (ServerResponse | Duplex) & { [EXCHANGE]?: Exchange; [STATE]?: GatewayState };
const EXCHANGE = Symbol('exchange');
const STATE = Symbol('state');

function onClose(this: Ending): void {
  const x = this[EXCHANGE];
  const state = this[STATE];
  if (x === undefined || state === undefined) return;
  state.active.delete(x);
  if (x.places !== null) leavePlaces(x);
  if (!x.request.complete && x.response !== null && !x.http2) limitDrain(x.request, x.request.socket);
  if (x.recorded) {
    // An upgraded connection is recorded at its beginning and still has an end. A caller that was cut off in the middle of its body
    // leaves an upstream waiting for the rest, on a connection that others need.
    if (x.response === null || (!x.http2 && !x.request.complete)) x.abort?.('client');
  } else if (x.abort === null) abandon(state, x);
  else x.abort('client');
}

/** What holds for every request, whatever it asks for: the client's address, a clear head, a known host. */
function readRequest(state: GatewayState, x: Exchange): Refusal | null {
  const { runtime } = x;
  const unclear = readHead(x, runtime.headerRules, runtime.server.limits.headersBytes);
  if (x.peer.trusted) believeProxy(x);
  else x.forwardedFor = x.forwardedProto = x.forwardedHost = null;
  if (runtime.blockList?.blocks(x.peer.address) === true) return { code: 'address-blocked' };
  if (state.bans.size > 0) {
    const banned = state.bans.judge(x);
    if (banned !== null) return banned;
  }
  if (unclear !== null) return { code: unclear };
  if (runtime.hostnames.size > 0 && !runtime.hostnames.has(hostName(x.host))) return { code: 'host-unknown' };
  return null;
}

function findRoute(x: Exchange): Refusal | null {
  const match = x.runtime.router.find(hostName(x.host), x.method, x.path, x.decodedPath);
  switch (match.kind) {
    case 'route':
      x.route = match.route;
      x.params = match.params;
      if (x.encodedSlash && !match.route.allowEncodedSlash) return { code: 'path-encoded-slash' };
      return x.contentLength > match.route.bodyLimitBytes ? { code: 'body-too-large' } : null;
    case 'method-not-allowed':
      return { code: 'method-not-allowed', headers: ['Allow', match.allow] };
    case 'case-conflict':
      return { code: 'path-case' };
    case 'none':
      return { code: 'route-unknown' };
  }
}

/** Asks the route's policies from step `from` on, then lets the request proceed. Stays on the stack as long as no policy has to wait. */
function run(state: GatewayState, x: Exchange, steps: readonly Step[], from: number): void {
  for (let i = from; i < steps.length; i++) {
    const step = steps[i];
    if (step === undefined) break;
    x.asked = i + 1;
    const verdict = step.run(x);
    if (verdict === null) continue;
    if (verdict instanceof Promise) {
      verdict
        .then((late) => {
          if (x.recorded) return;
          if (late === null || !stops(x, step, late)) run(state, x, steps, i + 1);
          else refuse(x, state.recorder, late);
        })
        .catch((error: unknown) => fail(state, x, error));
      return;
    }
    if (stops(x, step, verdict)) {
      refuse(x, state.recorder, verdict);
      return;
    }
  }
  state.proceed(state, x);
}

/** Notes a refusal; in monitor mode the request goes on. */
function stops(x: Exchange, step: Step, refusal: Refusal): boolean {
  const excepted = isExcepted(x, step.policy, refusal);
  const stop = !excepted && (step.enforce || refusal.final === true);
  x.spoken ??= [];
  x.spoken.push({
    policy: step.policy,
    decision: stop ? 'deny' : excepted ? 'excepted' : 'would-deny',
    code: refusal.code,
    ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    ...(refusal.places === undefined ? {} : { places: [...new Set(refusal.places)] }),
    ...(refusal.attack === undefined ? {} : { attack: refusal.attack }),
  });
  return stop;
}

function believeProxy(x: Exchange): void {
  x.proxy = x.peer;
  if (x.forwardedFor !== null) x.peer = clientBehindProxy(x.peer, x.forwardedFor, x.runtime.trusted);
  if (x.forwardedProto !== 'https' && x.forwardedProto !== 'http') x.forwardedProto = null;
}

/** The name without its port, in lower case. */
function hostName(host: string): string {
  const bare = host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host.replace(/:\d*$/, '');
  return bare.toLowerCase();
}

/** The caller went away before the gateway had begun to answer. */
function abandon(state: GatewayState, x: Exchange): void {
  x.aborted = 'client';
  state.recorder.record(x, null);
}

export function fail(state: GatewayState, x: Exchange, error: unknown): void {
  state.logger.error(
    { reference: x.id, error: error instanceof Error ? error.stack : String(error) },
    'a request failed',
  );
  if (x.response?.headersSent === true) x.response.destroy();
  else refuse(x, state.recorder, { code: 'internal' });
}
