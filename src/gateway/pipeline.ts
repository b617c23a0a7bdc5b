import { attackFilter } from './policies/attack-filter.ts';
import { authenticate } from './policies/authenticate/authenticate.ts';
import { authorizeScopes } from './policies/authorize-scopes.ts';
import { concurrency } from './policies/concurrency.ts';
import { learntOwnership } from './policies/learnt-ownership.ts';
import { lock } from './policies/lock.ts';
import { loginByAccount, loginByAddress, loginByNetwork } from './policies/login-protection.ts';
import { ownership } from './policies/ownership.ts';
import type { Policy } from './policies/policy.ts';
import { rateLimitAddress, rateLimitBody, rateLimitConsumer, rateLimitRequest } from './policies/rate-limit.ts';
import { validate } from './policies/validate.ts';

/**
 * THE order in which a request is judged. Before it, for every request: the head is read and refused where it is ambiguous
 * (listener/read-head.ts), the client's address is found (listener/client-address.ts) and
 * held against the block list (listener/block-list.ts) and the bans (bans/), the route is found (proxy/router.ts).
 * After it: forward, then record.
 *
 * | policy              | refuses with                                   |
 * |---------------------|------------------------------------------------|
 * | lock                | 503 locked                                     |
 * | rate-limit-address  | 429 rate-limited                               |
 * | login-by-address    | 429 rate-limited                               |
 * | login-by-network    | 429 rate-limited                               |
 * | authenticate        | 401 key-missing, key-invalid, token-invalid …  |
 * | rate-limit-consumer | 429 rate-limited                               |
 * | rate-limit-request  | 429 rate-limited                               |
 * | concurrency         | 429 too-many-at-once                           |
 * | authorize-scopes    | 403 scope-missing                              |
 * | ownership           | 403 not-owner, 400 / 413 / 415 for the body    |
 * | learnt-ownership    | 403 id-walking, not-owner-learnt               |
 * | rate-limit-body     | 429 rate-limited, 400 / 413 / 415 for the body |
 * | login-by-account    | 429 rate-limited, 400 / 413 for the body       |
 * | validate            | 422 input-invalid, 400 / 413 / 415 for the body |
 * | attack-filter       | 403 attack-detected, 413 inspection-incomplete |
 */
export const PIPELINE: readonly Policy[] = [
  lock,
  rateLimitAddress,
  loginByAddress,
  loginByNetwork,
  authenticate,
  rateLimitConsumer,
  rateLimitRequest,
  concurrency,
  authorizeScopes,
  ownership,
  learntOwnership,
  rateLimitBody,
  loginByAccount,
  validate,
  attackFilter,
];
