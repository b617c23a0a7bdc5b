import type { FastifyInstance } from 'fastify';
import { AppError } from '../platform/app-error.ts';
import { hostOf, type OwnOrigins } from './own-origin.ts';

/**
 * Answers only under our own names. A page elsewhere that points its own name at 127.0.0.1 (DNS rebinding) would otherwise be
 * of the same origin as the console. A caller with a token is let in under any name: no page has one.
 */
export function guardHost(app: FastifyInstance, origins: OwnOrigins): void {
  app.addHook('onRequest', async (request) => {
    if (request.caller !== null && request.session === null) return;
    if (origins.knowsHost(hostOf(request), request.socket.localPort)) return;
    throw new AppError('host-unknown', 'Nightlatch is not known under this name.', {
      status: 421,
      next: 'Open it at 127.0.0.1 or localhost, or name this address in the settings.',
    });
  });
}
