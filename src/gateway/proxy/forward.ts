import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { refuse } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { Recorder } from '../recorder.ts';
import { Forwarding } from './forwarding.ts';
import { isRepeatable, poolFor } from './repeatable.ts';
import { requestBody } from './request-body.ts';
import { upstreamHeaders } from './request-headers.ts';
import { resting } from './resting.ts';

/**
 * Sends a judged request to its upstream and streams the answer back; records it before the answer's last byte leaves. `keyed`: its
 * idempotency key lets it be sent again, and its body is at hand.
 */
export function forward(x: Exchange, response: ServerResponse, recorder: Recorder, keyed: boolean): void {
  const upstreams = x.route?.upstreams;
  if (upstreams === undefined) throw new TypeError('a request without a route cannot be forwarded');
  x.upstreamStarted = performance.now();
  const upstream = upstreams.choose(x.upstreamStarted, null);
  if (upstream === null) {
    refuse(x, recorder, resting(upstreams, x.upstreamStarted));
    return;
  }
  const headers = upstreamHeaders(x);
  const body = requestBody(x, headers);
  if (x.expectsContinue && x.body === null && body !== null) response.writeContinue();
  const options: Dispatcher.DispatchOptions = {
    method: x.method as Dispatcher.HttpMethod,
    path: upstream.basePath + x.path + x.query,
    headers,
    body,
    headersTimeout: upstreams.responseTimeoutMs,
    // An event stream may be silent for as long as it likes.
    bodyTimeout: x.wantsEventStream ? 0 : upstreams.idleTimeoutMs,
  };
  const repeatable = isRepeatable(x.method, body);
  const forwarding = new Forwarding(x, response, recorder, upstreams, upstream, options, repeatable || keyed);
  forwarding.start(poolFor(upstream, repeatable));
}
