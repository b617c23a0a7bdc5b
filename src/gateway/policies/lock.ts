import type { Refusal } from '../refusal.ts';
import { identify } from './authenticate/api-key.ts';
import type { Policy } from './policy.ts';

/**
 * The emergency lock. It is looked up in the running snapshot and not compiled in, so that locking never waits for routes to
 * be compiled again. Consumers that may stay are recognised by their key, as `authenticate` would; tokens do not open it.
 */
export const lock: Policy = {
  id: 'lock',
  // Asked on every route, it speaks only when it is closed.
  isQuiet: true,
  alwaysEnforced: true,
  create: (route) => (x) => {
    const active = x.runtime.lock;
    if (active === null || (active.routes !== 'all' && !active.routes.has(route.id))) return null;
    if (active.allowConsumers.size > 0) {
      const found = identify(x);
      if (found.kind === 'key' && active.allowConsumers.has(found.key.caller.consumer)) return null;
    }
    return active.refusal satisfies Refusal;
  },
};
