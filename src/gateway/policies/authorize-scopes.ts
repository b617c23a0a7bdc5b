import type { Refusal } from '../refusal.ts';
import type { Policy } from './policy.ts';

/** What may this caller do? It needs every scope that the route names. */
export const authorizeScopes: Policy = {
  id: 'authorize-scopes',
  create(route) {
    if (route.scopes.length === 0 || route.auth.length === 0) return null;
    const needed = route.scopes;
    const first = needed[0];
    if (first === undefined) return null;
    const refusal: Refusal = {
      code: 'scope-missing',
      detail: `needs ${needed.join(' ')}`,
      // RFC 6750 §3.1
      headers: ['WWW-Authenticate', `Bearer realm="api", error="insufficient_scope", scope="${needed.join(' ')}"`],
    };
    if (needed.length === 1) return (x) => (x.caller?.scopes.has(first) ? null : refusal);
    return (x) => {
      const held = x.caller?.scopes;
      return held !== undefined && needed.every((scope) => held.has(scope)) ? null : refusal;
    };
  },
};
