import { createHash } from 'node:crypto';

/** What the chain protects of one entry: everything but the hash itself. */
export type ChainedEntry = {
  seq: number;
  at: number;
  actorKind: string;
  actorId: string;
  actorName: string;
  action: string;
  subject: string;
  detail: unknown;
};

/** The `previous` of the first entry. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 over the previous entry's hash and this entry as canonical JSON, in hex. */
export function chainHash(previous: string, entry: ChainedEntry): string {
  return createHash('sha256').update(previous).update('\n').update(canonicalJson(entry)).digest('hex');
}

/**
 * One spelling for one value: keys sorted by UTF-16 code unit, no spaces, as in RFC 8785. Members that are `undefined` are left
 * out, as JSON leaves them out. Numbers are written as ECMAScript writes them, which is what RFC 8785 asks for.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
