/** Where an address leads. `odd` tells that it was written in a way that only machines and attackers write. */
export type AddressClass = { readonly kind: AddressKind; readonly odd: boolean };

export type AddressKind = 'loopback' | 'private' | 'link-local' | 'metadata' | 'public';

/**
 * Classifies a host that is an IP address in any notation that resolvers accept: dotted decimal, octal, hexadecimal, with fewer parts
 * or none (`inet_aton`, WHATWG URL §3.5), IPv6 in brackets or without, IPv4 inside IPv6. Null where it is none.
 */
export function classifyAddress(host: string): AddressClass | null {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  if (bare.includes(':')) return classifyIpv6(bare);
  const address = parseIpv4(bare);
  return address === null ? null : { kind: kindOfIpv4(address.value), odd: address.odd };
}

const LONGEST_IPV4 = 60;

/** The 32 bits of an IPv4 address, in any notation. */
export function parseIpv4(text: string): { readonly value: number; readonly odd: boolean } | null {
  if (text.length === 0 || text.length > LONGEST_IPV4) return null;
  const parts = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  if (parts.length > 4) return null;
  let odd = parts.length < 4;
  let value = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const number = parseNumber(part);
    if (number < 0) return null;
    const last = i === parts.length - 1;
    if (number >= (last ? 256 ** (5 - parts.length) : 256)) return null;
    odd ||= part.length > 1 && part.startsWith('0');
    value = last ? value * 256 ** (5 - parts.length) + number : value * 256 + number;
  }
  return { value, odd };
}

function parseNumber(part: string): number {
  if (/^0x[0-9a-f]{0,16}$/i.test(part)) return Number.parseInt(part.slice(2) || '0', 16);
  if (/^0[0-7]{1,24}$/.test(part)) return Number.parseInt(part, 8);
  return /^[0-9]{1,12}$/.test(part) ? Number(part) : -1;
}

/** Where clouds tell a machine its secrets: AWS, Google, Azure and others; AWS for containers; Alibaba; Oracle; Azure's own host. */
const METADATA = [0xa9fea9fe, 0xa9feaa02, 0xa9feaa17, 0x646464c8, 0xc00000c0, 0xa83f8110];

function kindOfIpv4(value: number): AddressKind {
  if (METADATA.includes(value)) return 'metadata';
  const first = Math.floor(value / 2 ** 24);
  const second = Math.floor(value / 2 ** 16) & 0xff;
  if (first === 127 || first === 0) return 'loopback';
  if (first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168))
    return 'private';
  if (first === 100 && second >= 64 && second < 128) return 'private';
  return first === 169 && second === 254 ? 'link-local' : 'public';
}

function classifyIpv6(text: string): AddressClass | null {
  const groups = parseIpv6(text.replace(/%.*$/s, ''));
  if (groups === null) return null;
  const zeros = (count: number): boolean => groups.slice(0, count).every((group) => group === 0);
  const tail = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  if (zeros(7) && (groups[7] ?? 0) < 2) return { kind: 'loopback', odd: false };
  const carriesIpv4 =
    (zeros(5) && (groups[5] === 0xffff || groups[5] === 0)) ||
    (zeros(4) && groups[4] === 0xffff && groups[5] === 0) ||
    (groups[0] === 0x64 && groups[1] === 0xff9b);
  if (carriesIpv4) return { kind: kindOfIpv4(tail), odd: true };
  // 6to4 (RFC 3056) holds the address behind its prefix.
  if (groups[0] === 0x2002) return { kind: kindOfIpv4((groups[1] ?? 0) * 65_536 + (groups[2] ?? 0)), odd: true };
  const first = groups[0] ?? 0;
  const isMetadata =
    (first === 0xfd00 && groups[1] === 0xec2 && groups[7] === 0x254) || (first === 0xfd20 && groups[1] === 0xce);
  if (isMetadata) return { kind: 'metadata', odd: false };
  if ((first & 0xffc0) === 0xfe80) return { kind: 'link-local', odd: false };
  return { kind: (first & 0xfe00) === 0xfc00 ? 'private' : 'public', odd: false };
}

/** Eight groups (RFC 4291 §2.2), or null. */
export function parseIpv6(text: string): readonly number[] | null {
  if (text.length > LONGEST_IPV4) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '');
  const rest = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === null || rest === null) return null;
  const missing = 8 - head.length - rest.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...rest];
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (i === parts.length - 1 && part.includes('.')) {
      const address = parseIpv4(part);
      if (address === null) return null;
      groups.push(Math.floor(address.value / 65_536), address.value % 65_536);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
