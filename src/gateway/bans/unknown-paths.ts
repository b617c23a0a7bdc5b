import type { Exchange } from '../exchange.ts';

const MOST_ADDRESSES = 4_096;
const BITS = 2_048;

type Seen = { readonly bits: Uint32Array; readonly until: number };

/**
 * A path that does not exist, asked for by somebody unknown; null for anything else. Who looks for doors asks for many different ones;
 * an old link, or a missing picture, is the same one again and again.
 */
export function unknownPath(x: Exchange): string | null {
  if (x.caller !== null || x.status !== 404) return null;
  return x.code === null || x.code === 'route-unknown' ? x.path : null;
}

/**
 * Which paths an address has asked for, as a bitmap of fixed size for each of the last addresses (Bloom, 1970, with one hash): a path
 * may be taken for an old one by chance, never an old one for a new. Each thread has its own.
 */
export class UnknownPaths {
  readonly #seen = new Map<string, Seen>();

  /** Whether this path is a new one for that address within the window; it is an old one from now on. */
  isNew(address: string, path: string, now: number, windowMs: number): boolean {
    let seen = this.#seen.get(address);
    if (seen === undefined || seen.until <= now) {
      const oldest = this.#seen.keys().next();
      if (this.#seen.size >= MOST_ADDRESSES && oldest.done !== true) this.#seen.delete(oldest.value);
      seen = { bits: new Uint32Array(BITS / 32), until: now + windowMs };
      this.#seen.delete(address);
      this.#seen.set(address, seen);
    }
    const bit = hash(path) % BITS;
    const word = seen.bits[bit >>> 5] ?? 0;
    seen.bits[bit >>> 5] = word | (1 << (bit & 31));
    return (word & (1 << (bit & 31))) === 0;
  }
}

/** FNV-1a (Fowler, Noll and Vo), 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
