import type { ObjectShape, Shape, TextShape } from '../contracts/drafts/shape.ts';
import { MOST_DEPTH, MOST_MEMBERS } from './limits.ts';
import { mergeShapes } from './merge.ts';
import { isMemberName, isPrivateName } from './names.ts';
import { roundedDown, roundedUp } from './rounding.ts';
import { formsOf, isWord, MOST_WORD_CHARACTERS } from './text-forms.ts';

/** Further entries of a long list hold nothing new, and must all the same fit what is learnt. */
const MOST_ENTRIES = 5_000;

const NOTHING: Shape = { seen: 1, nulls: 0, booleans: 0, number: null, text: null, list: null, object: null };

/** The shape of one value as JSON has it. `name`: of the member that it stands in. Null: too large to be learnt from. */
export function shapeOf(value: unknown, name = '', depth = MOST_DEPTH): Shape | null {
  if (value === null || value === undefined) return { ...NOTHING, nulls: 1 };
  switch (typeof value) {
    case 'boolean':
      return { ...NOTHING, booleans: 1 };
    case 'number':
      return {
        ...NOTHING,
        number: { seen: 1, integer: Number.isInteger(value), min: roundedDown(value), max: roundedUp(value) },
      };
    case 'string':
      return { ...NOTHING, text: textOf(value, name) };
    default:
      return Array.isArray(value)
        ? listOf(value, name, depth)
        : objectOf(value as Record<string, unknown>, name, depth);
  }
}

function textOf(text: string, name: string): TextShape {
  const length = charactersIn(text);
  const keeps = length <= MOST_WORD_CHARACTERS && isWord(text) && !isPrivateName(name);
  return { seen: 1, min: length, max: length, forms: formsOf(text), words: keeps ? { [text]: 1 } : null };
}

/** As JSON Schema counts them (Validation §6.3.1): code points. */
function charactersIn(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function listOf(list: readonly unknown[], name: string, depth: number): Shape | null {
  if (list.length > MOST_ENTRIES) return null;
  let items: Shape | null = null;
  if (depth > 0) {
    for (const entry of list) {
      const shape = shapeOf(entry, name, depth - 1);
      if (shape === null) return null;
      items = items === null ? shape : mergeShapes(items, shape);
    }
  }
  return { ...NOTHING, list: { seen: 1, max: list.length, items } };
}

function objectOf(object: Record<string, unknown>, name: string, depth: number): Shape | null {
  const empty: ObjectShape = { seen: 1, kind: 'record', members: {}, values: null };
  if (depth === 0) return { ...NOTHING, object: { ...empty, kind: 'open' } };
  const entries = Object.entries(object);
  const isMap = entries.length > MOST_MEMBERS || !entries.every(([member]) => isMemberName(member));
  const members: Record<string, Shape> = {};
  let values: Shape | null = null;
  for (const [member, value] of entries) {
    const shape = shapeOf(value, isMap ? name : member, depth - 1);
    if (shape === null) return null;
    if (isMap) values = values === null ? shape : mergeShapes(values, shape);
    else members[member] = shape;
  }
  return { ...NOTHING, object: isMap ? { ...empty, kind: 'map', values } : { ...empty, members } };
}
