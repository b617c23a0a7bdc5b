import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Door } from './door.ts';
import type { FastifyGuard } from './guard.ts';

type Raw<Message> = { raw: Message };

/**
 * Puts the guard before Fastify's own router, so that nothing of the application is asked first, wherever its routes stand. The
 * hook catches what does not come through that server: `fastify.inject`, and the second server that "localhost" opens.
 */
export function createFastifyGuard(door: Door): FastifyGuard {
  const guard: FastifyGuard = (fastify, _options, done) => {
    const { server } = fastify;
    for (const listener of server.listeners('request') as RequestListener[]) {
      server.off('request', listener);
      server.on('request', (request, response) => {
        door.middleware(request, response, (error) => {
          if (error === undefined) listener.call(server, request, response);
          else response.destroy();
        });
      });
    }
    fastify.addHook('onRequest', (request: Raw<IncomingMessage>, reply: Raw<ServerResponse>, next) => {
      if (door.hasJudged(request.raw)) next();
      else door.middleware(request.raw, reply.raw, (error) => next(error as Error | undefined));
    });
    fastify.decorateRequest('nightlatch', {
      getter(this: Raw<IncomingMessage>) {
        return this.raw.nightlatch;
      },
    });
    done();
  };
  // As fastify-plugin marks a plug-in that is for the whole application and not for a part of its own.
  return Object.assign(guard, {
    [Symbol.for('skip-override')]: true,
    [Symbol.for('fastify.display-name')]: 'nightlatch',
  });
}
