import type { Part, Shape } from '../contracts/drafts/shape.ts';
import { MOST_DEPTH, MOST_MEMBERS, MOST_SIZE } from './limits.ts';
import { mergeShapes } from './merge.ts';

export function partOf(shape: Shape): Part {
  return bounded({ depth: MOST_DEPTH, shape });
}

/** Merges two parts and keeps the result within bounds: what lies deepest is let go first. */
export function mergeParts(a: Part, b: Part): Part {
  const depth = Math.min(a.depth, b.depth);
  return bounded({ depth, shape: mergeShapes(cut(a.shape, depth), cut(b.shape, depth)) });
}

/** A size that only grows with what is learnt, so that the depth that is left does not hang on the order of merges. */
function bounded({ depth, shape }: Part): Part {
  let part = { depth, shape };
  while (part.depth > 0 && sizeOf(part.shape) > MOST_SIZE) {
    part = { depth: part.depth - 1, shape: cut(shape, part.depth - 1) };
  }
  return part;
}

/** A map counts as if all its members were still there: joining them must not make room. */
export function sizeOf({ list, object }: Shape): number {
  let size = 1 + (list?.items == null ? 0 : sizeOf(list.items));
  if (object === null) return size;
  if (object.kind === 'map') return size + MOST_MEMBERS * (object.values === null ? 0 : sizeOf(object.values));
  for (const member of Object.values(object.members)) size += sizeOf(member);
  return size;
}

/** Keeps what is at most `depth` steps within. */
function cut(shape: Shape, depth: number): Shape {
  const { list, object } = shape;
  if (list === null && object === null) return shape;
  return {
    ...shape,
    list:
      list === null ? null : { ...list, items: depth === 0 || list.items === null ? null : cut(list.items, depth - 1) },
    object: object === null ? null : cutObject(object, depth),
  };
}

function cutObject(object: NonNullable<Shape['object']>, depth: number): NonNullable<Shape['object']> {
  if (depth === 0) return { seen: object.seen, kind: 'open', members: {}, values: null };
  return {
    ...object,
    members: Object.fromEntries(Object.entries(object.members).map(([name, member]) => [name, cut(member, depth - 1)])),
    values: object.values === null ? null : cut(object.values, depth - 1),
  };
}
