import { hash } from 'node:crypto';

/** Entries; a power of two. */
const KEPT = 1024;
const LONGEST = 512;
/** Tokens and keys are unwrapped, which is dear, and secret: of them a digest is kept. */
const SECRETS: ReadonlySet<string | number> = new Set(['authorization', 'x-api-key']);
const LONGEST_SECRET = 8_192;

/**
 * Headers that every request of a program repeats, letter by letter, and that nobody keeps secret. What was once found to hold nothing
 * is not looked at again.
 */
const REPEATED: ReadonlySet<string | number> = new Set([
  'user-agent',
  'accept',
  'accept-language',
  'accept-encoding',
  'content-type',
  'origin',
  'referer',
  'sec-ch-ua',
]);

/** Values of such headers in which nothing was found, in a table of fixed size: what falls on the same place takes it over. */
export class KnownClean {
  readonly #values: string[] = new Array<string>(KEPT).fill('');
  readonly #names: (string | number)[] = new Array<string | number>(KEPT).fill('');

  /** What a header's value is known by; null for one that is looked at each time. */
  static keyOf(name: string | number, value: string): string | null {
    if (SECRETS.has(name)) return value.length <= LONGEST_SECRET ? hash('sha256', value, 'base64') : null;
    return value.length <= LONGEST && REPEATED.has(name) ? value : null;
  }

  has(name: string | number, value: string): boolean {
    const at = placeOf(value);
    return this.#values[at] === value && this.#names[at] === name;
  }

  add(name: string | number, value: string): void {
    const at = placeOf(value);
    this.#values[at] = value;
    this.#names[at] = name;
  }
}

/** By its length and some of its characters: to read all of it would cost what is to be saved. */
function placeOf(value: string): number {
  const { length } = value;
  const step = Math.max(1, length >> 3);
  let hash = length;
  for (let i = length - 1; i >= 0; i -= step) hash = Math.imul(hash, 31) + value.charCodeAt(i);
  return (hash ^ (hash >>> 11)) & (KEPT - 1);
}
