import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Finds all addresses of a name, as `dns.lookup` does. */
export type LookupAll = (
  name: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A name leads where no connection may be made to. */
export class ForbiddenAddress extends Error {
  readonly code = 'ERR_FORBIDDEN_ADDRESS';

  constructor(name: string, address: string) {
    super(`${name} leads to ${address}, which is not allowed`);
  }
}

/**
 * A `lookup` for sockets that gives out only addresses that `isAllowed` lets through. The socket connects to the very address that
 * was judged, for each new connection anew, so that a name cannot change in between (DNS rebinding). A name with one address that
 * is not allowed is refused as a whole. Names alone are looked up: addresses written as such must be judged before.
 */
export function guardedLookup(isAllowed: (address: string) => boolean, find: LookupAll = lookupAll): LookupFunction {
  return (name, options, done) => {
    find(name, options, (error, addresses) => {
      if (error !== null) return done(error, []);
      const bad = addresses.find(({ address }) => !isAllowed(address));
      if (bad !== undefined) return done(new ForbiddenAddress(name, bad.address), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

const lookupAll: LookupAll = (name, options, done) => lookup(name, { ...options, all: true }, done);
