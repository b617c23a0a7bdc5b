import type { Exchange } from '../exchange.ts';
import type { OutboundCall, Vendor } from './vendor.ts';

/** They speak about the vendor's own host, which the caller does not talk to. */
const DROPPED: ReadonlySet<string> = new Set(['alt-svc', 'strict-transport-security']);
const MASK = '***';
/** Shorter keys would be found in harmless texts. */
const SHORTEST_MASKED = 8;

/**
 * What has to be done when a vendor answers: a call that it turned down has spent nothing. Redirects on the vendor's own host lead
 * through this door, those to other hosts lose their address, and the vendor's key does not come back in a header field.
 * `headers` is the flat list, with names in lower case, and is changed in place.
 */
export function treatVendorAnswer(x: Exchange, call: OutboundCall, vendor: Vendor, headers: string[]): void {
  if (call.booking !== null && x.status >= 400 && x.status < 500) {
    vendor.book.giveBack(vendor.name, call.booking);
    call.booking = null;
  }
  const redirects = x.status >= 300 && x.status < 400;
  let kept = 0;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? '';
    if (DROPPED.has(name)) continue;
    let value: string | null = headers[i + 1] ?? '';
    if (name === 'location' || name === 'content-location') value = throughDoor(value, x, call, vendor, redirects);
    if (name === 'refresh' || value === null) continue;
    headers[kept++] = name;
    headers[kept++] = masked(value, vendor);
  }
  headers.length = kept;
}

/** The address as the caller reaches it here; null for another host in a redirect. */
function throughDoor(
  location: string,
  x: Exchange,
  call: OutboundCall,
  { origin }: Vendor,
  redirects: boolean,
): string | null {
  const base = `${origin}${x.path}`;
  if (!URL.canParse(location, base)) return redirects ? null : location;
  const url = new URL(location, base);
  if (url.origin !== origin || url.username !== '' || url.password !== '') return redirects ? null : location;
  return `${call.prefix}${url.pathname}${url.search}${url.hash}`;
}

function masked(value: string, { secret }: Vendor): string {
  let safe = value;
  for (const spelling of secret.spellings) {
    if (spelling.length >= SHORTEST_MASKED && safe.includes(spelling)) safe = safe.replaceAll(spelling, MASK);
  }
  return safe;
}
