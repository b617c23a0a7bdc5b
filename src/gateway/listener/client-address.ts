import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Who is at the other end of a connection. `group` is what limits count by: an IPv4 address, or the /64 of an IPv6 one. */
export type Peer = { address: string; group: string; trusted: boolean };

/** Which proxies are believed, as compiled from `server.trustedProxies`. */
export type TrustedProxies = { readonly ranges: readonly Range[] };

export function compileTrustedProxies(cidrs: readonly string[]): TrustedProxies {
  const ranges = cidrs.map((text): Range => {
    if (text.includes('/')) return ipaddr.parseCIDR(text) as Range;
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
  return { ranges };
}

/** The peer of a socket as the operating system says it. */
export function peerOf(socket: Socket, trusted: TrustedProxies): Peer {
  const parsed = parseAddress(socket.remoteAddress ?? '');
  if (parsed === null) return { address: 'unknown', group: 'unknown', trusted: false };
  return { ...describe(parsed), trusted: matches(parsed, trusted) };
}

/**
 * The client behind a trusted proxy: the rightmost address of X-Forwarded-For that is not itself a trusted proxy. An entry
 * that is no address ends the walk at the last one that was, as nothing left of it can be believed.
 */
export function clientBehindProxy(peer: Peer, forwardedFor: string, trusted: TrustedProxies): Peer {
  const hops = forwardedFor.split(',');
  let client: Peer = peer;
  for (let i = hops.length - 1; i >= 0; i--) {
    const parsed = parseAddress(stripPort((hops[i] ?? '').trim()));
    if (parsed === null) return client;
    const believed = matches(parsed, trusted);
    client = { ...describe(parsed), trusted: believed };
    if (!believed) return client;
  }
  return client;
}

/** What limits count an address by; an IPv6 network of 64 bits is taken as well. Null for what is neither. */
export function groupOf(text: string): string | null {
  const parsed = parseAddress(text.replace(/\/64$/, ''));
  return parsed === null ? null : describe(parsed).group;
}

/** The same, or the text itself where it is no address. */
export function addressGroup(text: string): string {
  return groupOf(text) ?? text;
}

/** The network that an address is part of, as far as one operator usually has it: IPv4 /24, IPv6 /48. */
export function networkOf({ group }: Peer): string {
  const v6 = group.indexOf('::/64');
  if (v6 !== -1) return `${group.split(':', 3).join(':')}::/48`;
  const last = group.lastIndexOf('.');
  return last === -1 ? group : `${group.slice(0, last)}.0/24`;
}

function describe(address: ipaddr.IPv4 | ipaddr.IPv6): { address: string; group: string } {
  const text = address.toString();
  if (address.kind() === 'ipv4') return { address: text, group: text };
  const network = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return { address: text, group: `${network.join(':')}::/64` };
}

function matches(address: ipaddr.IPv4 | ipaddr.IPv6, trusted: TrustedProxies): boolean {
  return trusted.ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range as never, bits));
}

/** Parses an address, IPv4-mapped IPv6 as IPv4; zone ids (fe80::1%eth0) say nothing about the client and are cut off. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.split('%', 1)[0] ?? '';
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !ipaddr.IPv6.isValid(bare)) return null;
  return ipaddr.process(bare);
}

/** `[::1]:443` and `192.0.2.1:443` as some proxies write them. */
function stripPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text);
  if (bracketed !== null) return bracketed[1] ?? '';
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(text) ? text.slice(0, text.indexOf(':')) : text;
}
