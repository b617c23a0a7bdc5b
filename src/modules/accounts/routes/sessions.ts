import { z } from 'zod';
import { Session, SignedIn, SignInRequest } from '../../../contracts/api/account.ts';
import type { ApiPlugin } from '../../../platform/http/api-plugin.ts';
import type { Accounts } from '../service.ts';
import { originOf, ownAccount } from './own-account.ts';

export function sessionRoutes(accounts: Accounts): ApiPlugin {
  const tags = ['sessions'];
  return async (api) => {
    api.get(
      '/api/sessions',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Where the owner is signed in',
          tags,
          response: { 200: z.object({ items: z.array(Session) }) },
        },
      },
      async (request) => {
        const account = await ownAccount(accounts, request);
        return { items: await accounts.sessions.list(account.id, request.session?.id ?? null) };
      },
    );
    api.post(
      '/api/sessions',
      {
        config: { access: 'public' },
        schema: { summary: 'Sign in', tags, body: SignInRequest, response: { 201: SignedIn } },
      },
      async (request, reply) => {
        const replaces = request.session?.id ?? null;
        const { account, session } = await accounts.signIn(request.body, originOf(request), replaces);
        reply.startSession(session.token);
        return reply.code(201).send({ account: await accounts.shown(account), csrf: session.csrf });
      },
    );
    api.delete(
      '/api/sessions',
      {
        config: { access: 'change' },
        schema: { summary: 'Sign out everywhere else', tags, response: { 204: NOTHING } },
      },
      async (request, reply) => {
        const account = await ownAccount(accounts, request);
        await accounts.sessions.endOthers(request.actor, account.id, request.session?.id ?? null);
        return reply.code(204).send();
      },
    );
    api.delete(
      '/api/sessions/current',
      { config: { access: 'change' }, schema: { summary: 'Sign out', tags, response: { 204: NOTHING } } },
      async (request, reply) => {
        const account = await ownAccount(accounts, request);
        if (request.session !== null) await accounts.sessions.end(request.actor, account.id, request.session.id);
        reply.endSession();
        return reply.code(204).send();
      },
    );
    api.delete(
      '/api/sessions/:id',
      {
        config: { access: 'change' },
        schema: {
          summary: 'End one session',
          tags,
          params: z.object({ id: z.string().max(64) }),
          response: { 204: NOTHING },
        },
      },
      async (request, reply) => {
        const account = await ownAccount(accounts, request);
        await accounts.sessions.end(request.actor, account.id, request.params.id);
        return reply.code(204).send();
      },
    );
  };
}

const NOTHING = z.undefined();
