import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor } from '../platform/actor.ts';
import { AppError } from '../platform/app-error.ts';
import { equalInConstantTime } from '../platform/crypto/equal.ts';

export type Identities = { gatewayToken: string; cliToken: string };

/** Finds out who asks and refuses those who may not, before any body is read. */
export function identifyCallers(app: FastifyInstance, identities: Identities): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      if (this.caller === null) throw new Error('nobody is known on this public route; look at request.caller');
      return this.caller;
    },
  });
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) throw new Error(`route ${route.method} ${route.url} names no access`);
  });
  app.addHook('onRequest', async (request) => {
    request.caller = identify(request, identities);
    const access = request.routeOptions.config.access;
    if (access === undefined || access === 'public') return;
    if (request.caller === null) {
      throw new AppError('sign-in-needed', 'This needs somebody who is signed in.', {
        status: 401,
        next: 'Sign in, or send an API token as "Authorization: Bearer …".',
      });
    }
    if ((access === 'gateway') !== (request.caller.kind === 'gateway')) {
      throw new AppError('not-allowed', 'This caller may not do this.', { status: 403 });
    }
  });
}

function identify(request: FastifyRequest, identities: Identities): Actor | null {
  const bearer = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) return null;
  if (equalInConstantTime(bearer, identities.gatewayToken)) return { kind: 'gateway', id: 'gateway', name: 'gateway' };
  if (equalInConstantTime(bearer, identities.cliToken)) return { kind: 'cli', id: 'cli', name: 'command line' };
  return null;
}
