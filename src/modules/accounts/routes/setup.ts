import { PassphraseCheckRequest, PassphraseVerdict, SetupRequest, SignedIn } from '../../../contracts/api/account.ts';
import { AppError } from '../../../platform/app-error.ts';
import type { ApiPlugin } from '../../../platform/http/api-plugin.ts';
import type { Accounts } from '../service.ts';
import { originOf } from './own-account.ts';

export function setupRoutes(accounts: Accounts): ApiPlugin {
  return async (api) => {
    api.post(
      '/api/setup',
      {
        config: { access: 'public' },
        schema: {
          summary: 'Make the owner’s account with the one-time set-up code, and sign in',
          tags: ['account'],
          body: SetupRequest,
          response: { 201: SignedIn },
        },
      },
      async (request, reply) => {
        const { account, session } = await accounts.setUp(request.body, originOf(request));
        reply.startSession(session.token);
        return reply.code(201).send({ account: await accounts.shown(account), csrf: session.csrf });
      },
    );
    api.post(
      '/api/passphrase-check',
      {
        config: { access: 'public' },
        schema: {
          summary: 'Judge a pass phrase before it is chosen; nothing is kept',
          tags: ['account'],
          body: PassphraseCheckRequest,
          response: { 200: PassphraseVerdict },
        },
      },
      async (request) => {
        // Judging costs time, so that it is not offered to everybody for ever.
        if (request.caller === null && !(await accounts.firstStart.needed())) {
          throw new AppError('sign-in-needed', 'This needs somebody who is signed in.', {
            status: 401,
            next: 'Sign in first.',
          });
        }
        return accounts.judge(request.body.passphrase, request.body.email);
      },
    );
  };
}
