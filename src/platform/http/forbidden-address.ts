import ipaddr from 'ipaddr.js';

/**
 * Addresses that no business's own API has and that give away secrets of the machine or its cloud: metadata services and
 * link-local ranges. Private addresses are allowed, as this is where a business's own API usually runs.
 */
export function isForbiddenAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return true;
  const address = ipaddr.process(text);
  const range = address.range();
  if (REFUSED_RANGES.has(range)) return true;
  return METADATA.some((one) => address.toNormalizedString() === ipaddr.process(one).toNormalizedString());
}

// Tunnelled and translated IPv6 ranges may lead to any IPv4 address behind the back of this check.
const REFUSED_RANGES: ReadonlySet<string> = new Set([
  'linkLocal',
  'multicast',
  'broadcast',
  'unspecified',
  '6to4',
  'teredo',
  'rfc6052',
  'rfc6145',
]);

/** Amazon (IPv6), Alibaba Cloud, Oracle's second address and Azure's host; 169.254.169.254 is link-local already. */
const METADATA = ['fd00:ec2::254', 'fd20:ce::254', '100.100.100.200', '192.0.0.192', '168.63.129.16'];
