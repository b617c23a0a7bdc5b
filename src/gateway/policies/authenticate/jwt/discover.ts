import { fetchText } from './fetch-text.ts';

/** Where the keys of an issuer lie. Rejects with an error whose message says why nobody knows. `now` in Unix milliseconds. */
export type LocateKeys = (now: number) => Promise<string>;

/** The issuer is asked again after this, with the next fetch of its keys. */
const KNOWN_MS = 60 * 60_000;

/** Asks the issuer itself (OpenID Connect Discovery 1.0, §4). */
export function discoverFrom(issuer: string): LocateKeys {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let known: { uri: string; at: number } | null = null;
  return async (now) => {
    if (known !== null && now >= known.at && now - known.at < KNOWN_MS) return known.uri;
    known = null;
    const uri = jwksUriOf(await fetchText(address), issuer);
    known = { uri, at: now };
    return uri;
  };
}

function jwksUriOf(text: string, issuer: string): string {
  const document = parsed(text);
  // §4.3: exactly the same, or somebody else's keys would count for this issuer.
  if (document.issuer !== issuer) throw new Error('the discovery document is of another issuer');
  const uri = document.jwks_uri;
  if (typeof uri !== 'string' || !URL.canParse(uri)) throw new Error('the discovery document names no "jwks_uri"');
  const { protocol } = new URL(uri);
  // Plain http is for an issuer on this machine, and never a door from outside to what listens here.
  if (protocol !== 'https:' && !(protocol === 'http:' && issuer.startsWith('http:'))) {
    throw new Error('the "jwks_uri" of the discovery document is no https address');
  }
  return uri;
}

function parsed(text: string): { issuer?: unknown; jwks_uri?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Whatever it is, it is no document.
  }
  throw new Error('the discovery document is no JSON object');
}
