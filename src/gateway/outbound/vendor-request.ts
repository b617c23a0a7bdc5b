import type { Exchange } from '../exchange.ts';
import { canonical } from '../listener/header-rules.ts';
import type { Vendor } from './vendor.ts';

/**
 * Puts the vendor's key into a call that may go out. Of the caller's own nothing goes with it: neither its key, nor who it is,
 * nor a field or parameter in which the vendor might see another key.
 */
export function vendorHeaders(x: Exchange, { secret }: Vendor): string[] {
  if (secret.query !== null) x.query = withParameter(x.query, ...secret.query);
  if (secret.header === null) return x.upstreamHeaders;
  const own = canonical(secret.header[0]);
  const headers: string[] = [];
  for (let i = 0; i < x.upstreamHeaders.length; i += 2) {
    const name = x.upstreamHeaders[i] ?? '';
    if (canonical(name) !== own) headers.push(name, x.upstreamHeaders[i + 1] ?? '');
  }
  headers.push(...secret.header);
  return headers;
}

/** The query with a parameter of ours in the place of all that could be read as it; the others stay byte for byte. */
function withParameter(query: string, name: string, encoded: string): string {
  const others = query
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && !isNamed(part, name));
  return `?${[...others, `${name}=${encoded}`].join('&')}`;
}

function isNamed(part: string, name: string): boolean {
  // Some servers read ";" as "&".
  return part.split(';').some((one) => {
    for (const key of new URLSearchParams(one).keys()) return key.trim().toLowerCase() === name.toLowerCase();
    return false;
  });
}
