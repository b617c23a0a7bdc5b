import { type AddressKind, classifyAddress } from './addresses.ts';

/** Where a host leads that a caller names, and how it was named. */
export type HostClass = { readonly kind: AddressKind | 'probe'; readonly odd: boolean };

const LONGEST_HOST = 255;

/** Classifies a host name or address; null for names that say nothing. */
export function classifyHost(written: string): HostClass | null {
  if (written === '' || written.length > LONGEST_HOST) return null;
  const host = plainOf(written);
  const disguised = host !== written.toLowerCase();
  const address = classifyAddress(host);
  if (address !== null) return { kind: address.kind, odd: address.odd || disguised };
  const kind = kindOfName(host.endsWith('.') ? host.slice(0, -1) : host);
  return kind === null ? null : { ...kind, odd: kind.odd || disguised };
}

/** Compatibility forms of letters, digits and dots become plain, as IDNA maps them (UTS 46): `①②⑦。⓪。⓪。①`. */
function plainOf(host: string): string {
  return (/^[\0-\x7f]*$/.test(host) ? host : host.normalize('NFKC').replace(/[。｡]/g, '.')).toLowerCase();
}

const METADATA =
  /^(?:metadata(?:\.google\.internal|\.goog|\.tencentyun\.com)?|instance-data(?:\.[\w-]{1,30}\.compute\.internal)?|rancher-metadata)$/;
const LOOPBACK =
  /^(?:localhost|localhost6?\.localdomain6?|ip6-(?:localhost|loopback)|(?:[\w-]{1,63}\.){0,8}(?:localhost|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|fuf\.me|yoogle\.com|spoofed\.burpcollaborator\.net))$/;
/** Names that carry an address, or change it between two look-ups. */
const CARRIES_ADDRESS = /^([\w.-]{1,200})\.(?:nip|sslip|xip|rbndr|1u|nip\.io)\.(?:io|us|ms)$/;
const CLUSTER =
  /^(?:kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?|host\.docker\.internal|gateway\.docker\.internal)$/;
/** Services that tell whoever probes an application which of its requests came through. */
const PROBE =
  /(?:^|\.)(?:burpcollaborator\.net|oastify\.com|interact\.sh|interactsh\.com|oast\.(?:fun|live|me|online|pro|site)|dnslog\.cn|ceye\.io|requestrepo\.com)$/;

function kindOfName(name: string): HostClass | null {
  if (METADATA.test(name)) return { kind: 'metadata', odd: name === 'metadata' };
  if (LOOPBACK.test(name)) return { kind: 'loopback', odd: name.length > 9 && !name.endsWith('localhost') };
  if (CLUSTER.test(name)) return { kind: 'private', odd: false };
  if (PROBE.test(name)) return { kind: 'probe', odd: false };
  const carried = CARRIES_ADDRESS.exec(name)?.[1];
  return carried === undefined ? null : carriedAddress(carried);
}

/** `app.10-0-0-1.nip.io`, `7f000001.c0a80001.rbndr.us`. */
function carriedAddress(labels: string): HostClass | null {
  const dotted = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})$/.exec(labels);
  const hex = /(?:^|[.-])([0-9a-f]{8})(?:$|[.-])/.exec(labels);
  const address = dotted === null ? (hex === null ? null : `0x${hex[1]}`) : dotted.slice(1).join('.');
  const found = address === null ? null : classifyAddress(address);
  return found === null || found.kind === 'public' ? null : { kind: found.kind, odd: true };
}
