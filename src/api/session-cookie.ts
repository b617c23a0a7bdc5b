import cookie from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OwnOrigins } from './own-origin.ts';

/** The session's token travels in a cookie that scripts cannot read and that no other site can make the browser send. */
export async function sessionCookies(app: FastifyInstance, origins: OwnOrigins): Promise<void> {
  await app.register(cookie);
  const isSecure = (request: FastifyRequest) => origins.of(request).startsWith('https:');
  app.decorateRequest('sessionToken', function (this: FastifyRequest) {
    return this.cookies[isSecure(this) ? SECURE_NAME : PLAIN_NAME] ?? null;
  });
  app.decorateReply('startSession', function (this: FastifyReply, token: string) {
    const secure = isSecure(this.request);
    this.setCookie(secure ? SECURE_NAME : PLAIN_NAME, token, { ...ATTRIBUTES, secure, maxAge: MAX_AGE_SECONDS });
  });
  app.decorateReply('endSession', function (this: FastifyReply) {
    const secure = isSecure(this.request);
    this.clearCookie(secure ? SECURE_NAME : PLAIN_NAME, { ...ATTRIBUTES, secure });
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The token in the session cookie, `null` when there is none. */
    sessionToken(): string | null;
  }
}

const ATTRIBUTES = { path: '/', httpOnly: true, sameSite: 'strict' } as const;
const PLAIN_NAME = 'nightlatch_session';
// The prefix makes browsers refuse such a cookie from a sibling host or over plain HTTP (RFC 6265bis §4.1.3.2).
const SECURE_NAME = '__Host-nightlatch_session';
// The longest that a session lives; the server ends it earlier when it is idle.
const MAX_AGE_SECONDS = 90 * 24 * 60 * 60;
