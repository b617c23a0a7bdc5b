/** Longer tokens are not looked at: they cost the more to check, and header fields of this size are trouble everywhere. */
const MAX_LENGTH = 8 * 1024;

export type ReadToken = { readonly alg: string; readonly kid: string | undefined; readonly issuer: string };

/**
 * Reads what a token says about itself, before anything of it is believed, and refuses what no honest issuer sends (RFC 8725).
 * Gives the reason as a text for the record, which never holds anything of the token itself.
 */
export function readToken(token: string): ReadToken | string {
  if (token.length > MAX_LENGTH) return 'longer than 8 KiB';
  const parts = token.split('.');
  const [header, payload] = parts;
  if (parts.length !== 3 || header === undefined || payload === undefined) return 'not a JSON Web Token';
  // Base64url leaves spare bits at its end: only one spelling of the same bytes is taken, so that a token has one form.
  if (!parts.every(isCanonical)) return 'not a JSON Web Token';
  const head = readObject(header);
  const claims = readObject(payload);
  if (head === null || claims === null) return 'not a JSON Web Token';
  if ('crit' in head) return 'asks for an extension (crit)';
  const own = OWN_KEYS.find((name) => name in head);
  if (own !== undefined) return `brings its own key (${own})`;
  if (typeof head.alg !== 'string') return 'names no algorithm';
  if (head.kid !== undefined && typeof head.kid !== 'string') return 'not a JSON Web Token';
  if (typeof claims.iss !== 'string') return 'names no issuer';
  return { alg: head.alg, kid: head.kid, issuer: claims.iss };
}

/** A key that comes with the token proves nothing: whoever made the token made the key as well. */
const OWN_KEYS = ['jwk', 'jku', 'x5u', 'x5c'];

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function readObject(part: string): Record<string, unknown> | null {
  try {
    const bytes = Buffer.from(part, 'base64url');
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
