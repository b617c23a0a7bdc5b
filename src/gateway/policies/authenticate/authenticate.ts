import type { SnapshotRoute } from '../../../contracts/snapshot/snapshot-route.ts';
import type { Exchange, PolicyFunction } from '../../exchange.ts';
import type { Refusal } from '../../refusal.ts';
import type { Policy } from '../policy.ts';
import { identify, requireKey, TWO_CREDENTIALS } from './api-key.ts';
import { bearerOf, looksLikeJwt } from './credentials.ts';
import { judgeToken, requireToken } from './jwt.ts';
import { requireWebhook, webhookNames } from './webhook.ts';

/** THE ways in which a route may ask who is calling, by its `auth` in alphabetical order; webhooks come beside them. */
const WAYS: Readonly<Record<string, PolicyFunction>> = {
  apiKey: requireKey,
  jwt: requireToken,
  'apiKey jwt': requireKeyOrToken,
};

/** Who is calling? Needs a credential of a kind that the route lets in, and refuses everything else. */
export const authenticate: Policy = {
  id: 'authenticate',
  create(route) {
    if (route.auth.length === 0) return null;
    const webhooks = webhookNames(route.auth);
    const others = route.auth.filter((way) => !way.startsWith('webhook:'));
    const other = others.length === 0 ? null : wayFor(others);
    return webhooks.length === 0 ? other : requireWebhook(webhooks, other);
  },
};

function wayFor(auth: SnapshotRoute['auth']): PolicyFunction {
  const way = WAYS[[...auth].sort().join(' ')];
  if (way === undefined) throw new TypeError(`no way to authenticate by ${auth.join(', ')}`);
  return way;
}

/** A Bearer token with the three parts of a JSON Web Token is judged as one, everything else as a key. */
function requireKeyOrToken(x: Exchange): Refusal | null | Promise<Refusal | null> {
  const bearer = bearerOf(x.authorization);
  if (bearer === null || !looksLikeJwt(bearer)) return requireKey(x);
  // Beside a good key, a token of a foreign issuer is the application's own credential; one of ours makes two callers.
  if (x.apiKey !== null && identify(x).kind === 'key') {
    return x.runtime.tokens.isFromKnownIssuer(bearer) ? TWO_CREDENTIALS : requireKey(x);
  }
  return judgeToken(x, bearer);
}
