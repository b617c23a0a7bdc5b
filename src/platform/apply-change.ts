import type { Transaction } from 'kysely';
import type { Change } from '../contracts/api/front-door.ts';
import type { Actor } from './actor.ts';

/**
 * Changes what gateways run on. `mutate` makes the change (and its audit entry) inside a transaction; the configuration that
 * results is checked and compiled before the commit, then published, and the answer waits a moment until the gateways run it.
 * Throws `AppError('change-refused')` with the faults when it cannot be compiled; nothing is stored then.
 */
export type ApplyChange = <T>(
  actor: Actor,
  mutate: (change: Transaction<unknown>) => Promise<T>,
) => Promise<{ result: T; change: Change }>;
