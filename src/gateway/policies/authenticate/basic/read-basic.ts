/** Longer ones are not looked at; nobody's user name and password come to this. */
const MAX_LENGTH = 1024;

export type UserPass = { readonly username: string; readonly password: string };

/**
 * Reads the credentials of `Authorization: Basic …` (RFC 7617 §2); null for what is none. Only one spelling of the same bytes is
 * taken, UTF-8 alone, and no control characters.
 */
export function readBasic(authorization: string): UserPass | null {
  if (authorization.length > MAX_LENGTH) return null;
  const encoded = authorization.slice('Basic '.length).trim();
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== encoded.replace(/=+$/, '')) return null;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
  const colon = text.indexOf(':');
  if (colon < 1 || /\p{Cc}/u.test(text)) return null;
  return { username: text.slice(0, colon).normalize('NFC'), password: text.slice(colon + 1) };
}
