import type { ServerResponse } from 'node:http';
import { refuse } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { GatewayState } from '../gateway-state.ts';
import { fail } from '../handle.ts';
import { readBody } from '../policies/read-body.ts';
import { forward } from './forward.ts';
import { hasIdempotencyKey } from './repeatable.ts';
import { forwardUpgrade } from './upgrade.ts';

/** Passing a small body on as a stream costs more than all the rest; and while it comes slowly no upstream waits for it. */
const COLLECTED_BODY_BYTES = 16 * 1024;

/** Where the gateway stands in front of the application: the request goes on to its service's upstream. */
export function proceedUpstream(state: GatewayState, x: Exchange): void {
  if (x.response === null) {
    forwardUpgrade(x, state.recorder);
    return;
  }
  const keyed = x.route !== null && hasIdempotencyKey(x, x.route.upstreams);
  const isSmall = x.contentLength > 0 && x.contentLength <= COLLECTED_BODY_BYTES;
  // What may be sent again has to be at hand as a whole.
  if (x.body === null && (isSmall || keyed)) collect(state, x, x.response, keyed);
  else forward(x, x.response, state.recorder, keyed);
}

function collect(state: GatewayState, x: Exchange, response: ServerResponse, keyed: boolean): void {
  readBody(x)
    .then((body) => {
      if (x.recorded) return;
      if (Buffer.isBuffer(body)) forward(x, response, state.recorder, keyed);
      else refuse(x, state.recorder, body);
    })
    .catch((error: unknown) => fail(state, x, error));
}
