import type { FastifyRequest } from 'fastify';
import { AppError } from '../../../platform/app-error.ts';
import type { Accounts } from '../service.ts';
import type { Origin } from '../sessions.ts';
import type { AccountRow } from '../store.ts';

export function originOf(request: FastifyRequest): Origin {
  return { address: request.ip, userAgent: request.headers['user-agent'] };
}

/** What concerns one's own account needs a person who is signed in: a leaked token must not be able to take it over. */
export async function ownAccount(accounts: Accounts, request: FastifyRequest): Promise<AccountRow> {
  const account = request.actor.kind === 'account' ? await accounts.account(request.actor.id) : undefined;
  if (account !== undefined) return account;
  throw new AppError('person-needed', 'Only a person who is signed in may do this, not a token.', {
    status: 403,
    next: 'Do this in the console.',
  });
}
