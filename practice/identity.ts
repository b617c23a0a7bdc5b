import type { IncomingMessage } from 'node:http';
import { notAllowed, notSignedIn } from './answers.ts';
import { one } from './database.ts';
import type { Visit } from './router.ts';
import type { Shop, Viewer } from './shop.ts';
import { readToken, signToken } from './tokens.ts';

export const SESSION_COOKIE = 'shop_session';
const SESSION_SECONDS = 3600;

/** A new session's token; `expiresAt` in seconds since 1970, null when it never does. */
export function openSession(shop: Shop, customerId: number): { token: string; expiresAt: number | null } {
  const now = Math.floor(Date.now() / 1000);
  // WEAKNESS token-never-expires: a token once lost opens the account for ever.
  const expiresAt = shop.weak('token-never-expires') ? null : now + SESSION_SECONDS;
  const claims = { sub: String(customerId), iat: now, ...(expiresAt === null ? {} : { exp: expiresAt }) };
  return { token: signToken(claims, shop.tokenSecret), expiresAt };
}

export function sessionCookie(shop: Shop, token: string): string {
  // WEAKNESS cookies-without-flags: page scripts can read it, plain HTTP carries it, other sites make it travel.
  if (shop.weak('cookies-without-flags')) return `${SESSION_COOKIE}=${token}; Path=/`;
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly; Secure; SameSite=Lax`;
}

function tokenOf(shop: Shop, request: IncomingMessage, query: URLSearchParams): string | null {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  // WEAKNESS token-in-address: addresses end up in logs, histories and other sites' referrer lists.
  return shop.weak('token-in-address') ? query.get('token') : null;
}

/** Who is asking, or null. The role comes from the database, never from the token. */
export function whoIsAsking(shop: Shop, request: IncomingMessage, query: URLSearchParams): Viewer | null {
  const token = tokenOf(shop, request, query);
  if (!token) return null;
  const claims = readToken(token, {
    secret: shop.tokenSecret,
    acceptUnsigned: shop.weak('token-unsigned-accepted'),
    acceptWithoutExpiry: shop.weak('token-never-expires'),
  });
  if (!claims) return null;
  const person = one<{ id: number; role: Viewer['role'] }>(shop.db, 'SELECT id, role FROM customers WHERE id = ?', [
    Number(claims.sub),
  ]);
  return person ? { customerId: person.id, role: person.role } : null;
}

/** @throws Refusal 401 */
export function signedIn(visit: Visit): Viewer {
  if (!visit.viewer) throw notSignedIn();
  return visit.viewer;
}

/** @throws Refusal 401 or 403 */
export function staffOnly(visit: Visit): Viewer {
  const viewer = signedIn(visit);
  if (viewer.role !== 'staff') throw notAllowed();
  return viewer;
}

/** Whether the viewer may see what belongs to `customerId`: their own things; staff everybody's. */
export const mayTouch = (viewer: Viewer, customerId: number): boolean =>
  viewer.role === 'staff' || viewer.customerId === customerId;
