import type { Shape, TextForm, TextShape } from '../contracts/drafts/shape.ts';
import { roundedUp } from './rounding.ts';

export type Schema = Record<string, unknown>;

/** A JSON Schema (2020-12) that everything fits which taught the shape. It stays open for members that nobody has seen yet. */
export function schemaOf(shape: Shape): Schema {
  const types = typesOf(shape);
  return {
    ...(types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types }),
    ...(shape.text === null ? {} : textRules(shape.text, types)),
    ...(shape.number === null ? {} : bounds(shape.number)),
    ...(shape.list?.items == null ? {} : { items: schemaOf(shape.list.items) }),
    ...(shape.object === null ? {} : objectRules(shape.object)),
    'x-nightlatch-seen': shape.seen,
  };
}

function typesOf({ nulls, booleans, number, text, list, object }: Shape): string[] {
  return [
    ...(text === null ? [] : ['string']),
    ...(number === null ? [] : [number.integer ? 'integer' : 'number']),
    ...(booleans === 0 ? [] : ['boolean']),
    ...(list === null ? [] : ['array']),
    ...(object === null ? [] : ['object']),
    ...(nulls === 0 ? [] : ['null']),
  ];
}

function textRules(text: TextShape, types: readonly string[]): Schema {
  const others = types.filter((type) => type !== 'string' && type !== 'null');
  if (text.words !== null && others.length === 0) {
    return { enum: [...Object.keys(text.words), ...(types.includes('null') ? [null] : [])] };
  }
  const format = text.forms.find((form) => FORMATS.has(form));
  if (format !== undefined) return { format };
  return {
    ...(text.min === 0 ? {} : { minLength: text.min === text.max ? text.min : 1 }),
    maxLength: text.min === text.max && text.min > 0 ? text.max : lengthLimit(text.max),
    ...(text.forms.includes('integer') ? { pattern: '^-?[0-9]+$' } : {}),
  };
}

const FORMATS: ReadonlySet<TextForm> = new Set<TextForm>(['uuid', 'date-time', 'date', 'email', 'uri']);

/** The next round length: the longest text so far is not the longest there will be. */
function lengthLimit(longest: number): number {
  return Math.max(10, roundedUp(longest) ?? longest);
}

function bounds({ min, max }: { min: number | null; max: number | null }): Schema {
  return { ...(min === null ? {} : { minimum: min }), ...(max === null ? {} : { maximum: max }) };
}

function objectRules({ seen, kind, members, values }: NonNullable<Shape['object']>): Schema {
  if (kind === 'open') return {};
  if (kind === 'map') return values === null ? {} : { additionalProperties: schemaOf(values) };
  const required = Object.keys(members).filter((name) => members[name]?.seen === seen);
  return {
    properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, schemaOf(member)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/**
 * The schema of a parameter or a field of a form. Its texts were learnt as a list, as a name may come several times; a form that
 * all texts have becomes a type, as OpenAPI means it.
 */
export function fieldSchemaOf(field: Shape): Schema {
  const { list } = field;
  const text = list?.items?.text;
  if (list == null || text == null) return {};
  const one = { ...typedText(text), 'x-nightlatch-seen': field.seen };
  return list.max > 1 ? { type: 'array', items: one } : one;
}

function typedText(text: TextShape): Schema {
  for (const form of ['integer', 'number', 'boolean'] as const) if (text.forms.includes(form)) return { type: form };
  return { type: 'string', ...textRules(text, ['string']) };
}
