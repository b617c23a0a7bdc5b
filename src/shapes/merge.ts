import type { ListShape, NumberShape, ObjectShape, Shape, TextShape } from '../contracts/drafts/shape.ts';
import { MOST_MEMBERS, MOST_WORDS } from './limits.ts';

/**
 * What holds for everything that taught either. The order and the grouping of merges make no difference: counts add up, bounds
 * and sets widen, and what has become too much to be kept stays so.
 */
export function mergeShapes(a: Shape, b: Shape): Shape {
  return {
    seen: a.seen + b.seen,
    nulls: a.nulls + b.nulls,
    booleans: a.booleans + b.booleans,
    number: both(a.number, b.number, mergeNumbers),
    text: both(a.text, b.text, mergeTexts),
    list: both(a.list, b.list, mergeLists),
    object: both(a.object, b.object, mergeObjects),
  };
}

export function both<T>(a: T | null, b: T | null, merge: (a: T, b: T) => T): T | null {
  if (a === null) return b;
  return b === null ? a : merge(a, b);
}

/** By name; in the order of the alphabet, so that equal shapes are written alike. */
export function mergeByName<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  merge: (a: T, b: T) => T,
): Record<string, T> {
  const merged: Record<string, T> = {};
  for (const name of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
    // Words may be called "constructor".
    const first = Object.hasOwn(a, name) ? a[name] : undefined;
    const second = Object.hasOwn(b, name) ? b[name] : undefined;
    if (first === undefined) merged[name] = second as T;
    else merged[name] = second === undefined ? first : merge(first, second);
  }
  return merged;
}

function mergeNumbers(a: NumberShape, b: NumberShape): NumberShape {
  return {
    seen: a.seen + b.seen,
    integer: a.integer && b.integer,
    min: a.min === null || b.min === null ? null : Math.min(a.min, b.min),
    max: a.max === null || b.max === null ? null : Math.max(a.max, b.max),
  };
}

function mergeTexts(a: TextShape, b: TextShape): TextShape {
  return {
    seen: a.seen + b.seen,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    forms: a.forms.filter((form) => b.forms.includes(form)),
    words: mergeWords(a.words, b.words),
  };
}

function mergeWords(a: TextShape['words'], b: TextShape['words']): TextShape['words'] {
  if (a === null || b === null) return null;
  const words = mergeByName(a, b, (first, second) => first + second);
  return Object.keys(words).length > MOST_WORDS ? null : words;
}

function mergeLists(a: ListShape, b: ListShape): ListShape {
  return { seen: a.seen + b.seen, max: Math.max(a.max, b.max), items: both(a.items, b.items, mergeShapes) };
}

function mergeObjects(a: ObjectShape, b: ObjectShape): ObjectShape {
  const seen = a.seen + b.seen;
  if (a.kind === 'open' || b.kind === 'open') return { seen, kind: 'open', members: {}, values: null };
  if (a.kind === 'record' && b.kind === 'record') {
    const members = mergeByName(a.members, b.members, mergeShapes);
    if (Object.keys(members).length <= MOST_MEMBERS) return { seen, kind: 'record', members, values: null };
  }
  const all = [a, b].flatMap(({ members, values }) => [
    ...Object.values(members),
    ...(values === null ? [] : [values]),
  ]);
  return {
    seen,
    kind: 'map',
    members: {},
    values: all.reduce<Shape | null>((sum, one) => both(sum, one, mergeShapes), null),
  };
}
