import { UnsafePattern } from './unsafe-pattern.ts';

/** A piece of a pattern: an anchor, a character of a set, or a group; `min` to `max` times. `chars` marks code points. */
export type Part =
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'chars'; readonly chars: Uint8Array; readonly min: number; readonly max: number }
  | {
      readonly kind: 'group';
      readonly branches: readonly (readonly Part[])[];
      readonly min: number;
      readonly max: number;
    };

/** Code points of the basic plane, and one place for all beyond it. */
const PLANE = 0x10000;
const BEYOND = PLANE;
const SAMPLES_BEYOND = Array.from({ length: 0x1000 }, (_, i) => 0x10000 + i * 0x100);
const MAX_DEPTH = 20;

/**
 * The alternatives of a pattern that JavaScript accepts. Throws {@link UnsafePattern} for what cannot be bounded: back references
 * and look-around.
 */
export function parsePattern(source: string, flags: string): (readonly Part[])[] {
  let at = 0;
  const sets = new Map<string, Uint8Array>();
  return alternatives(0);

  function alternatives(depth: number): (readonly Part[])[] {
    if (depth > MAX_DEPTH) throw new UnsafePattern('is nested too deeply');
    const all: Part[][] = [];
    let current: Part[] = [];
    all.push(current);
    while (at < source.length && source[at] !== ')') {
      if (source[at] === '|') {
        at++;
        current = [];
        all.push(current);
        continue;
      }
      current.push(part(depth));
    }
    return all;
  }

  function part(depth: number): Part {
    const char = source[at] ?? '';
    if (char === '^' || char === '$') {
      at++;
      return char === '^' ? { kind: 'start' } : { kind: 'end' };
    }
    if (char === '(') return group(depth);
    const atom = atomText();
    return { kind: 'chars', chars: setOf(atom), ...repetition() };
  }

  function group(depth: number): Part {
    const opening = /^\((?:\?:|\?<[\w$]+>|(?!\?))/.exec(source.slice(at));
    if (opening === null) throw new UnsafePattern('looks ahead or behind, which cannot be bounded');
    at += opening[0].length;
    const inner = alternatives(depth + 1);
    at++;
    return { kind: 'group', branches: inner, ...repetition() };
  }

  /** One character, class or escape, as written. */
  function atomText(): string {
    const rest = source.slice(at);
    const atom =
      rest[0] === '['
        ? /^\[(?:\\[\s\S]|[^\\\]])*\]/.exec(rest)?.[0]
        : (/^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[\s\S])/.exec(
            rest,
          )?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0));
    if (atom === undefined) throw new UnsafePattern('cannot be understood');
    if (/^\\[1-9k]/.test(atom)) throw new UnsafePattern('refers back to what it found, which cannot be bounded');
    if (/^\\[bB]/.test(atom)) throw new UnsafePattern('uses word boundaries (\\b), which are not supported');
    at += atom.length;
    return atom;
  }

  function repetition(): { min: number; max: number } {
    const found = /^(?:([*+?])|\{(\d+)(,(\d*))?\})\??/.exec(source.slice(at));
    if (found === null) return { min: 1, max: 1 };
    at += found[0].length;
    if (found[1] === '*') return { min: 0, max: Number.POSITIVE_INFINITY };
    if (found[1] === '+') return { min: 1, max: Number.POSITIVE_INFINITY };
    if (found[1] === '?') return { min: 0, max: 1 };
    const min = Number(found[2]);
    if (found[3] === undefined) return { min, max: min };
    return { min, max: found[4] === '' || found[4] === undefined ? Number.POSITIVE_INFINITY : Number(found[4]) };
  }

  /** The engine itself says which characters an atom stands for; the set is worked out when the pattern is configured. */
  function setOf(atom: string): Uint8Array {
    const known = sets.get(atom);
    if (known !== undefined) return known;
    if (atom.length === 1 && atom !== '.' && !flags.includes('i')) {
      const one = new Uint8Array(PLANE + 1);
      one[atom.charCodeAt(0)] = 1;
      sets.set(atom, one);
      return one;
    }
    const matcher = new RegExp(`^${atom}$`, flags.includes('s') ? flags : `${flags}s`.replace(/[gy]/g, ''));
    const chars = new Uint8Array(PLANE + 1);
    for (let code = 0; code < PLANE; code++) if (matcher.test(String.fromCharCode(code))) chars[code] = 1;
    const namesBeyond = /[\u{10000}-\u{10ffff}]|u\{|\\u[dD]/u.test(atom);
    if (namesBeyond || SAMPLES_BEYOND.some((code) => matcher.test(String.fromCodePoint(code)))) chars[BEYOND] = 1;
    sets.set(atom, chars);
    return chars;
  }
}
