import { isUtf8 } from 'node:buffer';

/** A JSON text that was read, or why it is none. */
export type StrictJson = { readonly value: unknown } | { readonly reason: string };

export const MAX_JSON_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/**
 * A JSON text (RFC 8259) that every parser reads alike, or the reason why it is not one: broken, names that occur twice (§4
 * leaves open which counts), a name that JavaScript objects reserve, or nesting beyond {@link MAX_JSON_DEPTH}.
 */
export function parseStrictJson(body: Buffer): StrictJson {
  if (!isUtf8(body)) return { reason: 'not UTF-8' };
  const members = countMembers(body);
  if (members === -1) return { reason: `nested deeper than ${MAX_JSON_DEPTH}` };
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return { reason: 'not JSON' };
  }
  const kept = countKept(value);
  if (kept === -1) return { reason: 'a name that is reserved' };
  // The parser keeps one of two equal names, however they are escaped.
  return kept === members ? { value } : { reason: 'a name twice in one object' };
}

/** The members that are written in a JSON text, by their colons outside strings; -1 when it is nested too deeply. */
function countMembers(body: Buffer): number {
  const { length } = body;
  let members = 0;
  let depth = 0;
  let i = 0;
  while (i < length) {
    const byte = body[i++];
    if (byte === QUOTE) {
      let inside = body[i++];
      while (inside !== QUOTE && i <= length) {
        if (inside === BACKSLASH) i++;
        inside = body[i++];
      }
    } else if (byte === COLON) members++;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MAX_JSON_DEPTH) return -1;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return members;
}

/** The members of a parsed value; -1 when one of them is `__proto__`. */
function countKept(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item: unknown = value[i];
      if (typeof item !== 'object' || item === null) continue;
      const inner = countKept(item);
      if (inner === -1) return -1;
      count += inner;
    }
    return count;
  }
  for (const name in value) {
    if (name === '__proto__') return -1;
    count++;
    const item = (value as Record<string, unknown>)[name];
    if (typeof item !== 'object' || item === null) continue;
    const inner = countKept(item);
    if (inner === -1) return -1;
    count += inner;
  }
  return count;
}
