import { BlockList, isIP } from 'node:net';
import type { GatewaySnapshot } from '../../contracts/snapshot/gateway-snapshot.ts';

/** Whether an address is turned away before anything else is looked at. */
export type AddressFilter = { blocks(address: string): boolean };

/** Compiles the configured lists; null when there is nothing to block. Who is on the allow list is never blocked. */
export function compileBlockList(lists: GatewaySnapshot['blocklist']): AddressFilter | null {
  if (lists === null || lists.deny.length === 0) return null;
  const deny = listOf(lists.deny);
  const allow = listOf(lists.allow);
  return {
    blocks(address) {
      // A socket that is gone has no address any more; nobody reads its answer.
      if (isIP(address) === 0) return false;
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      return deny.check(address, family) && !allow.check(address, family);
    },
  };
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = address.includes(':') ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
