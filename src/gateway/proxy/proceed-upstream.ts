import type { Exchange } from '../exchange.ts';
import type { GatewayState } from '../gateway-state.ts';
import { forward } from './forward.ts';
import { forwardUpgrade } from './upgrade.ts';

/** Where the gateway stands in front of the application: the request goes on to its service's upstream. */
export function proceedUpstream({ recorder }: GatewayState, x: Exchange): void {
  if (x.response === null) forwardUpgrade(x, recorder);
  else forward(x, x.response, recorder);
}
