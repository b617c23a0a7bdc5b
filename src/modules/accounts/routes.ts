import type { ApiPlugin } from '../../platform/http/api-plugin.ts';
import { accountRoutes } from './routes/account.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { setupRoutes } from './routes/setup.ts';
import { tokenRoutes } from './routes/tokens.ts';
import type { Accounts } from './service.ts';

export function accountsRoutes(accounts: Accounts): ApiPlugin {
  return async (api) => {
    for (const routes of [setupRoutes, sessionRoutes, accountRoutes, tokenRoutes]) await api.register(routes(accounts));
  };
}
