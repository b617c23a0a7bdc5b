import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Accounts } from '../modules/accounts/index.ts';
import type { Actor } from '../platform/actor.ts';
import { AppError } from '../platform/app-error.ts';
import { equalInConstantTime } from '../platform/crypto/equal.ts';
import type { Access, BrowserSession } from '../platform/http/api-plugin.ts';

type Identities = { accounts: Accounts; gatewayToken: string; cliToken: string };
type Identity = { actor: Actor; may: ReadonlySet<Access>; session: BrowserSession | null };

declare module 'fastify' {
  interface FastifyRequest {
    /** What the caller may do; `null` when nobody is known. */
    mayDo: ReadonlySet<Access> | null;
  }
}

/** Finds out who asks: a bearer token says it, or else the session cookie. Before any body is read. */
export function identifyCallers(app: FastifyInstance, identities: Identities): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('session', null);
  app.decorateRequest('mayDo', null);
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      if (this.caller === null) throw new Error('nobody is known on this public route; look at request.caller');
      return this.caller;
    },
  });
  app.addHook('onRequest', async (request) => {
    const identity = await identify(request, identities);
    request.caller = identity?.actor ?? null;
    request.session = identity?.session ?? null;
    request.mayDo = identity?.may ?? null;
  });
}

/** Lets a caller reach only what its kind of credential is for. A route that names no access does not start. */
export function restrictAccess(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`route ${route.method} ${route.url} names no access`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.is404 ? 'public' : request.routeOptions.config.access;
    if (access === 'public') return;
    if (request.mayDo === null) {
      throw new AppError('sign-in-needed', 'This needs somebody who is signed in.', {
        status: 401,
        next: 'Sign in, or send an API token as "Authorization: Bearer …".',
      });
    }
    if (access === undefined || !request.mayDo.has(access)) {
      throw new AppError('not-allowed', 'This token is not made for this.', {
        status: 403,
        next: 'Use a token that may do this.',
      });
    }
  });
}

async function identify(request: FastifyRequest, identities: Identities): Promise<Identity | null> {
  const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return identifyBearer(bearer, identities);
  const cookie = request.sessionToken();
  const found = cookie === null ? null : await identities.accounts.sessions.find(cookie);
  if (found === null) return null;
  const { id, accountId, csrf, actor } = found;
  return { actor, may: READ_AND_CHANGE, session: { id, accountId, csrf } };
}

async function identifyBearer(bearer: string, identities: Identities): Promise<Identity | null> {
  if (equalInConstantTime(bearer, identities.gatewayToken)) {
    return { actor: { kind: 'gateway', id: 'gateway', name: 'gateway' }, may: GATEWAY, session: null };
  }
  if (equalInConstantTime(bearer, identities.cliToken)) {
    return { actor: { kind: 'cli', id: 'cli', name: 'command line' }, may: READ_AND_CHANGE, session: null };
  }
  const token = await identities.accounts.tokens.find(bearer);
  if (token === null) return null;
  return { actor: token.actor, may: token.access === 'change' ? READ_AND_CHANGE : READ, session: null };
}

const BEARER = /^Bearer +([\x21-\x7e]{1,256})$/i;
const READ: ReadonlySet<Access> = new Set(['read']);
const READ_AND_CHANGE: ReadonlySet<Access> = new Set(['read', 'change']);
const GATEWAY: ReadonlySet<Access> = new Set(['gateway']);
