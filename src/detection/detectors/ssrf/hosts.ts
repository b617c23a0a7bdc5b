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

/** Names that lead inside by themselves, and those of a cloud's or a cluster's own services. */
const NAMES: ReadonlyMap<string, AddressKind> = new Map([
  ['localhost', 'loopback'],
  ['localhost.localdomain', 'loopback'],
  ['ip6-localhost', 'loopback'],
  ['ip6-loopback', 'loopback'],
  ['metadata', 'metadata'],
  ['metadata.google.internal', 'metadata'],
  ['metadata.goog', 'metadata'],
  ['metadata.tencentyun.com', 'metadata'],
  ['metadata.packet.net', 'metadata'],
  ['metadata.platformequinix.com', 'metadata'],
  ['rancher-metadata', 'metadata'],
  ['instance-data', 'metadata'],
  ['kubernetes', 'private'],
  ['kubernetes.default', 'private'],
  ['kubernetes.default.svc', 'private'],
  ['kubernetes.default.svc.cluster.local', 'private'],
  ['host.docker.internal', 'private'],
  ['gateway.docker.internal', 'private'],
]);

/**
 * Domains all of whose names lead inside; that carry an address in their names, or change it between two look-ups; and whose owners
 * tell whoever probes an application which of its requests came through.
 */
const DOMAINS: ReadonlyMap<string, 'inside' | 'carries' | 'probe'> = new Map([
  ['localtest.me', 'inside'],
  ['lvh.me', 'inside'],
  ['vcap.me', 'inside'],
  ['fuf.me', 'inside'],
  ['lacolhost.com', 'inside'],
  ['nip.io', 'carries'],
  ['sslip.io', 'carries'],
  ['xip.io', 'carries'],
  ['1u.ms', 'carries'],
  ['rbndr.us', 'carries'],
  ['burpcollaborator.net', 'probe'],
  ['oastify.com', 'probe'],
  ['interact.sh', 'probe'],
  ['interactsh.com', 'probe'],
  ['oast.fun', 'probe'],
  ['oast.live', 'probe'],
  ['oast.me', 'probe'],
  ['oast.online', 'probe'],
  ['oast.pro', 'probe'],
  ['oast.site', 'probe'],
  ['dnslog.cn', 'probe'],
  ['ceye.io', 'probe'],
  ['requestrepo.com', 'probe'],
]);

function kindOfName(name: string): HostClass | null {
  const known = NAMES.get(name);
  if (known !== undefined) return { kind: known, odd: name === 'metadata' };
  if (name.endsWith('.localhost')) return { kind: 'loopback', odd: false };
  const dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
  const domain = DOMAINS.get(name.slice(dot + 1));
  if (domain === undefined) return null;
  if (domain === 'inside') return { kind: 'loopback', odd: true };
  return domain === 'probe' ? { kind: 'probe', odd: false } : carriedAddress(name.slice(0, Math.max(dot, 0)));
}

/** `app.10-0-0-1.nip.io`, `7f000001.c0a80001.rbndr.us`. */
function carriedAddress(labels: string): HostClass | null {
  const dotted = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})$/.exec(labels);
  const hex = /(?:^|[.-])([0-9a-f]{8})(?:$|[.-])/.exec(labels);
  const address = dotted === null ? (hex === null ? null : `0x${hex[1]}`) : dotted.slice(1).join('.');
  const found = address === null ? null : classifyAddress(address);
  return found === null || found.kind === 'public' ? null : { kind: found.kind, odd: true };
}
