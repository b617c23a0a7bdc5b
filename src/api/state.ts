import { ConsoleState } from '../contracts/api/account.ts';
import type { Accounts } from '../modules/accounts/index.ts';
import type { ApiPlugin } from '../platform/http/api-plugin.ts';

export function stateRoutes(options: { accounts: Accounts; version: string; practice: boolean }): ApiPlugin {
  const { accounts, version, practice } = options;
  return async (api) => {
    api.get(
      '/api/state',
      {
        config: { access: 'public' },
        schema: {
          summary: 'What the console needs before its first screen: who is signed in, or whether to set up first',
          tags: ['account'],
          response: { 200: ConsoleState },
        },
      },
      async (request) => {
        const account = request.session === null ? undefined : await accounts.account(request.session.accountId);
        return {
          needsSetup: await accounts.firstStart.needed(),
          businessName: account === undefined ? null : await accounts.businessName(),
          account: account === undefined ? null : await accounts.shown(account),
          csrf: account === undefined ? null : (request.session?.csrf ?? null),
          practice,
          version,
        };
      },
    );
  };
}
