import ipaddr from 'ipaddr.js';
import { isForbiddenAddress } from './forbidden-address.ts';

/** Whether an address is one of the open Internet: none of this machine, of a private network, of a cloud's own services. */
export function isPublicAddress(text: string): boolean {
  return !isForbiddenAddress(text) && ipaddr.process(text).range() === 'unicast';
}
