import { z } from 'zod';
import { ApiToken, ApiTokenCreated, ApiTokenRequest } from '../../../contracts/api/account.ts';
import type { ApiPlugin } from '../../../platform/http/api-plugin.ts';
import type { Accounts } from '../service.ts';
import { ownAccount } from './own-account.ts';

export function tokenRoutes(accounts: Accounts): ApiPlugin {
  const tags = ['tokens'];
  return async (api) => {
    api.get(
      '/api/tokens',
      {
        config: { access: 'read' },
        schema: {
          summary: 'API tokens for scripts, newest first',
          tags,
          response: { 200: z.object({ items: z.array(ApiToken) }) },
        },
      },
      async () => ({ items: await accounts.tokens.list() }),
    );
    api.post(
      '/api/tokens',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Make an API token; it is shown once',
          tags,
          body: ApiTokenRequest,
          response: { 201: ApiTokenCreated },
        },
      },
      async (request, reply) => {
        await ownAccount(accounts, request);
        return reply.code(201).send(await accounts.tokens.create(request.actor, request.body));
      },
    );
    api.delete(
      '/api/tokens/:id',
      {
        config: { access: 'change' },
        schema: {
          summary: 'Revoke an API token',
          tags,
          params: z.object({ id: z.string().max(64) }),
          response: { 204: z.undefined() },
        },
      },
      async (request, reply) => {
        await accounts.tokens.revoke(request.actor, request.params.id);
        return reply.code(204).send();
      },
    );
  };
}
