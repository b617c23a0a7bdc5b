import type { ServerResponse } from 'node:http';
import { refuse } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import type { GatewayState } from '../gateway-state.ts';
import { fail } from '../handle.ts';
import { readBody } from '../policies/read-body.ts';
import { forward } from './forward.ts';
import { forwardUpgrade } from './upgrade.ts';

/** Passing a small body on as a stream costs more than all the rest; and while it comes slowly no upstream waits for it. */
const COLLECTED_BODY_BYTES = 16 * 1024;

/** Where the gateway stands in front of the application: the request goes on to its service's upstream. */
export function proceedUpstream(state: GatewayState, x: Exchange): void {
  if (x.response === null) forwardUpgrade(x, state.recorder);
  else if (x.body === null && x.contentLength > 0 && x.contentLength <= COLLECTED_BODY_BYTES) {
    collect(state, x, x.response);
  } else forward(x, x.response, state.recorder);
}

function collect(state: GatewayState, x: Exchange, response: ServerResponse): void {
  readBody(x)
    .then((body) => {
      if (x.recorded) return;
      if (Buffer.isBuffer(body)) forward(x, response, state.recorder);
      else refuse(x, state.recorder, body);
    })
    .catch((error: unknown) => fail(state, x, error));
}
