import { isLoginPath } from '../../contracts/login-paths.ts';
import type { SnapshotLoginProtection } from '../../contracts/snapshot/snapshot-limits.ts';
import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Exchange } from '../exchange.ts';
import { networkOf } from '../listener/client-address.ts';
import { accountNames } from './account-names.ts';
import { count, countEach, countedLimit } from './counted-limit.ts';
import type { Policy } from './policy.ts';
import { readBody } from './read-body.ts';

const WINDOW_MS = 60_000;
const BY_ADDRESS = 'login-address';
const BY_ACCOUNT = 'login-account';
const BY_NETWORK = 'login-network';

/** Attempts to log in from one address, whether they succeed or not. */
export const loginByAddress: Policy = {
  id: 'login-by-address',
  create(route, context) {
    const guard = route.loginProtection;
    if (guard === null || guard.perAddress === null) return null;
    const numbers = { name: BY_ADDRESS, quota: guard.perAddress, windowMs: WINDOW_MS };
    const limit = countedLimit(context, `${route.service} ${route.id} ${BY_ADDRESS}`, numbers);
    return (x) => (isAttempt(x, guard) ? count(x, limit, x.peer.group) : null);
  },
};

/**
 * Attempts from all addresses of one network: lists of stolen passwords are tried from many addresses at once. One address alone
 * comes nowhere near it, so an office behind one is spared.
 */
export const loginByNetwork: Policy = {
  id: 'login-by-network',
  create(route, context) {
    const guard = route.loginProtection;
    if (guard === null || guard.perNetwork === null) return null;
    const numbers = { name: BY_NETWORK, quota: guard.perNetwork, windowMs: WINDOW_MS };
    const limit = countedLimit(context, `${route.service} ${route.id} ${BY_NETWORK}`, numbers);
    return (x) => (isAttempt(x, guard) ? count(x, limit, networkOf(x.peer)) : null);
  },
};

/** Attempts for one account, from however many addresses they come. */
export const loginByAccount: Policy = {
  id: 'login-by-account',
  create(route, context) {
    const guard = route.loginProtection;
    if (guard === null || guard.perAccount === null) return null;
    const numbers = { name: BY_ACCOUNT, quota: guard.perAccount, windowMs: WINDOW_MS };
    const limit = countedLimit(context, `${route.service} ${route.id} ${BY_ACCOUNT}`, numbers);
    const fields = new Set(guard.fields);
    return (x) => {
      if (!isAttempt(x, guard)) return null;
      return readBody(x).then(async (body) => {
        if (!Buffer.isBuffer(body)) return body;
        if (body.length === 0) return null;
        const names = await accountNames(x, body, fields);
        return 'code' in names ? names : countEach(x, limit, names);
      });
    };
  },
};

/** What the RateLimit-Policy field says about them. */
export function loginLimits({ loginProtection }: SnapshotRoute): { name: string; quota: number; windowMs: number }[] {
  if (loginProtection === null) return [];
  const { perAddress, perAccount, perNetwork } = loginProtection;
  return [
    ...(perAddress === null ? [] : [{ name: BY_ADDRESS, quota: perAddress, windowMs: WINDOW_MS }]),
    ...(perNetwork === null ? [] : [{ name: BY_NETWORK, quota: perNetwork, windowMs: WINDOW_MS }]),
    ...(perAccount === null ? [] : [{ name: BY_ACCOUNT, quota: perAccount, windowMs: WINDOW_MS }]),
  ];
}

/** Whether a request tries to log in. On a route of many paths its own path says so. */
export function isAttempt(x: Exchange, guard: SnapshotLoginProtection): boolean {
  return x.method === 'POST' && (!guard.byPath || isLoginPath(x.decodedPath));
}
