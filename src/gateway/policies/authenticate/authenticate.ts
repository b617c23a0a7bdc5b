import type { AuthWay } from '../../../contracts/config/auth-way.ts';
import type { SnapshotRoute } from '../../../contracts/snapshot/snapshot-route.ts';
import type { PolicyFunction } from '../../exchange.ts';
import type { Policy } from '../policy.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { WAYS } from './ways.ts';

/** Who is calling? Needs a credential of a kind that the route lets in (or one of each), and refuses everything else. */
export const authenticate: Policy = {
  id: 'authenticate',
  create: (route) => (route.auth.length === 0 ? null : compose(route)),
};

function compose(route: SnapshotRoute): PolicyFunction {
  const order = (Object.keys(WAYS) as AuthWay[]).filter((id) => route.auth.includes(id));
  if (order.length < route.auth.length) throw new TypeError(`no way to authenticate by ${route.auth.join(', ')}`);
  const [first] = order;
  if (first !== undefined && order.length === 1 && WAYS[first].alone !== undefined) return WAYS[first].alone;
  const ways = order.map((id) => WAYS[id]);
  // Somebody beside the token has to prove a consumer of the configuration.
  const proven = order.some((id) => id !== 'jwt' && id !== 'oauth2');
  return route.authAll ? allOf(ways, proven) : anyOf(ways);
}
