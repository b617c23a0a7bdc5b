import type { Carrier, PlaceNode } from '../leaf.ts';
import { decodeUrl } from '../peel/url.ts';
import type { Reading } from './reading.ts';

/**
 * `a=1&b=2` as a query or a form (WHATWG URL §5.1), names and values decoded once as every application does. A name that comes more
 * than once is read in the ways that frameworks differ in: each value, and all of them joined.
 */
export function readPairs(reading: Reading, text: string, carrier: Carrier, parent: PlaceNode): void {
  const seen = new Map<string, string>();
  let doubled: Map<string, string> | null = null;
  let from = 0;
  while (from <= text.length) {
    let to = text.indexOf('&', from);
    if (to === -1) to = text.length;
    if (to > from) {
      const equals = text.indexOf('=', from);
      const hasValue = equals !== -1 && equals < to;
      const name = decode(reading, text.slice(from, hasValue ? equals : to), parent);
      reading.visit(name, carrier, 'name', parent, name);
      if (hasValue && equals + 1 < to) {
        const value = decode(reading, text.slice(equals + 1, to), parent);
        reading.visit(value, carrier, 'value', parent, name);
        const before = seen.get(name);
        if (before === undefined) seen.set(name, value);
        else {
          const joined = `${before},${value}`;
          seen.set(name, joined);
          doubled ??= new Map();
          doubled.set(name, joined);
        }
      }
    }
    from = to + 1;
  }
  if (doubled === null) return;
  for (const [name, joined] of doubled) {
    if (!name.endsWith('[]')) reading.note('parameter-twice', `${parent.key}.${name}`, joined);
    reading.visit(joined, carrier, 'value', parent, name);
  }
}

function decode(reading: Reading, raw: string, parent: PlaceNode): string {
  const { text, overlong } = decodeUrl(raw, true);
  if (overlong) reading.note('overlong-utf8', String(parent.key), raw);
  return text;
}
