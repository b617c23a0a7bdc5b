import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../platform/app-error.ts';
import { equalInConstantTime } from '../platform/crypto/equal.ts';
import type { OwnOrigins } from './own-origin.ts';

/**
 * No page of another site changes anything here (OWASP CSRF Prevention Cheat Sheet): an unsafe request must not come from
 * another origin as the browser tells it, and within a session it carries the session's own token in `X-CSRF-Token`. Callers
 * with a bearer token need neither, as no browser sends that by itself.
 */
export function refuseCrossSite(app: FastifyInstance, origins: OwnOrigins): void {
  app.addHook('onRequest', async (request) => {
    if (SAFE_METHODS.has(request.method) || (request.caller !== null && request.session === null)) return;
    if (comesFromElsewhere(request, origins.of(request))) {
      throw new AppError('cross-site', 'This came from a page of another site.', {
        status: 403,
        next: 'Do this in the console itself.',
      });
    }
    // Signing in and setting up come before there is a session; what stands in an old one must not hinder them.
    if (request.session === null || request.routeOptions.config.access === 'public') return;
    const sent = request.headers['x-csrf-token'];
    if (typeof sent !== 'string' || !equalInConstantTime(sent, request.session.csrf)) {
      throw new AppError('csrf-token-wrong', 'The request does not carry the token of this session.', {
        status: 403,
        next: 'Load the page again. In a script, use an API token.',
      });
    }
  });
}

/** What neither field says is left to the token: other programs send neither, and old browsers only `Origin`. */
function comesFromElsewhere(request: FastifyRequest, own: string): boolean {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  return (site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== own);
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
