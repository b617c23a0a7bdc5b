import { AuthWay } from '../../../contracts/config/auth-way.ts';
import type { PolicyFunction } from '../../exchange.ts';
import type { Policy } from '../policy.ts';
import { allOf } from './all-of.ts';
import { anyOf } from './any-of.ts';
import { WAYS } from './ways.ts';
import { requireWebhook, webhookNames } from './webhook.ts';

/** Who is calling? Needs a credential of a kind that the route lets in (or one of each), and refuses everything else. */
export const authenticate: Policy = {
  id: 'authenticate',
  create({ auth, authAll }) {
    if (auth.length === 0) return null;
    const webhooks = webhookNames(auth);
    const ways = AuthWay.options.filter((id) => auth.includes(id));
    if (ways.length + webhooks.length < auth.length)
      throw new TypeError(`no way to authenticate by ${auth.join(', ')}`);
    const other = ways.length === 0 ? null : compose(ways, authAll);
    return webhooks.length === 0 ? other : requireWebhook(webhooks, other);
  },
};

function compose(named: readonly AuthWay[], all: boolean): PolicyFunction {
  const order = (Object.keys(WAYS) as AuthWay[]).filter((id) => named.includes(id));
  const [first] = order;
  if (first !== undefined && order.length === 1 && WAYS[first].alone !== undefined) return WAYS[first].alone;
  const ways = order.map((id) => WAYS[id]);
  // Somebody beside the token has to prove a consumer of the configuration.
  const proven = order.some((id) => id !== 'jwt' && id !== 'oauth2');
  return all ? allOf(ways, proven) : anyOf(ways);
}
