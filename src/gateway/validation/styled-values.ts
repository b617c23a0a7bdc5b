import { unescape as decodePercent } from 'node:querystring';
import type { SnapshotEncoding } from '../../contracts/snapshot/snapshot-openapi.ts';
import { parseStrictJson } from './strict-json.ts';
import { convertText, type TextShape } from './text-shape.ts';

/** The value of a JSON text that is none; no schema but the empty one fits it. */
const NOT_JSON = Symbol('not JSON');

/** Turns texts into values as an OpenAPI style says (OpenAPI 3.1 §4.8.12.2, RFC 6570). */
export type StyledValue = {
  readonly name: string;
  readonly style: SnapshotEncoding['style'];
  readonly explode: boolean;
  readonly shape: TextShape;
  readonly isList: boolean;
  readonly isObject: boolean;
};

export function styledValue(encoding: SnapshotEncoding, shape: TextShape): StyledValue {
  const isList = shape.kinds.has('list');
  return { ...encoding, shape, isList, isObject: !isList && shape.kinds.has('object') };
}

/** The value of one raw text, percent-encoded as it came. Delimiters count before decoding, so that encoded ones are data. */
export function readStyled({ style, explode, shape, isList, isObject }: StyledValue, raw: string): unknown {
  switch (style) {
    case 'json':
      return jsonValue(raw);
    case 'label':
      return listed(raw.startsWith('.') ? raw.slice(1) : raw, explode ? '.' : ',');
    default:
      return listed(raw, DELIMITERS[style]);
  }

  function listed(text: string, delimiter: string | RegExp): unknown {
    if (isList)
      return text === '' ? [] : text.split(delimiter).map((part) => convertText(decodeText(part), shape.item));
    if (isObject) return object(text.split(delimiter), explode);
    return convertText(decodeText(text), shape);
  }

  /** `R=100`, `G=200` when exploded, else `R`, `100`, `G`, `200`. */
  function object(parts: readonly string[], pairs: boolean): Record<string, unknown> {
    const value = Object.create(null) as Record<string, unknown>;
    for (let i = 0; i < parts.length; i += pairs ? 1 : 2) {
      const part = parts[i] ?? '';
      const equals = part.indexOf('=');
      const key = decodeText(pairs && equals !== -1 ? part.slice(0, equals) : part);
      const text = pairs ? (equals === -1 ? '' : part.slice(equals + 1)) : (parts[i + 1] ?? '');
      if (key !== '') value[key] = convertText(decodeText(text), shape.properties.get(key) ?? null);
    }
    return value;
  }
}

const DELIMITERS: Readonly<Record<StyledValue['style'], string | RegExp>> = {
  json: ',',
  label: ',',
  simple: ',',
  form: ',',
  deepObject: ',',
  spaceDelimited: /%20|\+| /,
  pipeDelimited: /\||%7[Cc]/,
  tabDelimited: /\t|%09/,
};

/** Percent-encoded text; "+" is a space, as forms write it. What is no encoding stays as it is. */
export function decodeText(raw: string): string {
  const spaced = raw.includes('+') ? raw.replaceAll('+', ' ') : raw;
  return spaced.includes('%') ? decodePercent(spaced) : spaced;
}

function jsonValue(raw: string): unknown {
  const parsed = parseStrictJson(Buffer.from(decodeText(raw)));
  return 'reason' in parsed ? NOT_JSON : parsed.value;
}
