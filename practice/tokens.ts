import { createHmac, timingSafeEqual } from 'node:crypto';

/** JSON Web Tokens (RFC 7519) with HS256, as small as the practice shop needs them. Times are seconds since 1970. */
export interface Claims {
  /** The customer's id. */
  sub: string;
  iat?: number;
  exp?: number;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (content: string, secret: string): Buffer => createHmac('sha256', secret).update(content).digest();

export function signToken(claims: Claims, secret: string): string {
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${content}.${sign(content, secret).toString('base64url')}`;
}

/** A token that nobody signed (`alg: none`). Only the demonstration of a weakness has a use for it. */
export function unsignedToken(claims: Claims): string {
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // A token that cannot be read is no token; the caller answers 401.
    return null;
  }
}

function signatureFits(
  header: Record<string, unknown>,
  content: string,
  signature: string,
  rules: TokenRules,
): boolean {
  // WEAKNESS token-unsigned-accepted: the token itself says that nobody needs to have signed it, and is believed.
  if (header.alg === 'none') return rules.acceptUnsigned;
  if (header.alg !== 'HS256') return false;
  const expected = sign(content, rules.secret);
  const given = Buffer.from(signature, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export interface TokenRules {
  secret: string;
  acceptUnsigned: boolean;
  acceptWithoutExpiry: boolean;
}

/** The claims of a token that may be trusted under `rules`, otherwise null. */
export function readToken(token: string, rules: TokenRules, nowSeconds = Date.now() / 1000): Claims | null {
  const [head = '', payload = '', signature = '', ...rest] = token.split('.');
  const header = decode(head);
  const claims = decode(payload);
  if (!header || !claims || rest.length > 0 || typeof claims.sub !== 'string') return null;
  if (!signatureFits(header, `${head}.${payload}`, signature, rules)) return null;
  const exp = claims.exp;
  if (typeof exp === 'number') return exp > nowSeconds ? { sub: claims.sub, exp } : null;
  return rules.acceptWithoutExpiry ? { sub: claims.sub } : null;
}
