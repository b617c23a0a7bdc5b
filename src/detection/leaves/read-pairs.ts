import type { Carrier, PlaceNode } from '../leaf.ts';
import { decodeUrl } from '../peel/url.ts';
import { decodeUtf7, mayBeUtf7 } from '../peel/utf7.ts';
import { isGraphql, readGraphql } from './read-graphql.ts';
import type { Reading } from './reading.ts';

/** What all values of a doubled name make together is looked at as well, up to so many characters of each name. */
const LONGEST_JOINED = 65_536;

/** `a[1]b`: some frameworks drop what stands behind a bracket, so that it is another name to them (as PHP does). */
const ODD_NAME = /\][A-Za-z0-9_]/;

/**
 * `a=1&b=2` as a query or a form (WHATWG URL §5.1), names and values decoded once as every application does. A name that comes more
 * than once is read in the ways that frameworks differ in: each value, and all of them joined.
 */
export function readPairs(reading: Reading, text: string, carrier: Carrier, parent: PlaceNode): void {
  const seen = new Map<string, string[]>();
  let doubled = false;
  // The next mark of each kind, looked for again only when it is behind us: else a text without one would be searched over and over.
  let equals = text.indexOf('=');
  for (let from = 0; from < text.length; ) {
    let to = text.indexOf('&', from);
    if (to === -1) to = text.length;
    if (to > from) {
      if (equals !== -1 && equals < from) equals = text.indexOf('=', from);
      const hasValue = equals !== -1 && equals < to;
      const name = decode(reading, text.slice(from, hasValue ? equals : to), parent);
      reading.visit(name, carrier, 'name', parent, name);
      if (name.includes(']') && ODD_NAME.test(name)) reading.note('parameter-name-odd', `${parent.key}.${name}`, name);
      if (hasValue && equals + 1 < to) {
        const raw = text.slice(equals + 1, to);
        const value = decode(reading, raw, parent);
        visitValue(reading, value, carrier, parent, name);
        // A plus that is no space but begins UTF-7 is gone after decoding.
        if (mayBeUtf7(raw)) reading.visit(decodeUtf7(decodeUrl(raw).text), carrier, 'value', parent, name);
        const before = seen.get(name);
        if (before === undefined) seen.set(name, [value]);
        else {
          before.push(value);
          doubled = true;
        }
      }
    }
    from = to + 1;
  }
  if (doubled) visitDoubled(reading, seen, carrier, parent);
}

function visitValue(reading: Reading, value: string, carrier: Carrier, parent: PlaceNode, name: string): void {
  if (name === 'query' && isGraphql(value)) readGraphql(reading, value, parent, name);
  else reading.visit(value, carrier, 'value', parent, name);
}

function visitDoubled(
  reading: Reading,
  seen: ReadonlyMap<string, readonly string[]>,
  carrier: Carrier,
  parent: PlaceNode,
): void {
  for (const [name, values] of seen) {
    if (values.length < 2) continue;
    const joined = values.join(',').slice(0, LONGEST_JOINED);
    if (!name.endsWith('[]')) reading.note('parameter-twice', `${parent.key}.${name}`, joined);
    reading.visit(joined, carrier, 'value', parent, name);
  }
}

function decode(reading: Reading, raw: string, parent: PlaceNode): string {
  if (!raw.includes('%') && !raw.includes('+')) return raw;
  const { text, overlong } = decodeUrl(raw, true);
  if (overlong) reading.note('overlong-utf8', String(parent.key), raw);
  return text;
}
