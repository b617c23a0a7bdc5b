import type { SnapshotEncoding } from '../../contracts/snapshot/snapshot-openapi.ts';
import { decodeText, readStyled, type StyledValue, styledValue } from './styled-values.ts';
import type { Input } from './text-fields.ts';
import { convertText, type TextShape, textShape } from './text-shape.ts';

/** Reads the parameters of one place, each in the style that its description says. */
export class StyledFields {
  readonly #named = new Map<string, StyledValue>();
  /** Names that are properties of an exploded object: the object's own name never occurs. */
  readonly #spread = new Map<string, StyledValue>();
  readonly #inOrder: StyledValue[] = [];
  readonly #properties: ReadonlyMap<string, TextShape>;

  /** `schema` is that of the whole place; fields that `encodings` does not name are written as forms are. */
  constructor(schema: unknown, root: unknown, encodings: readonly SnapshotEncoding[]) {
    this.#properties = textShape(schema, root).properties;
    for (const encoding of encodings) this.#add(encoding);
    for (const name of this.#properties.keys()) {
      if (!this.#named.has(name)) this.#add({ name, style: 'form', explode: true });
    }
  }

  #add(encoding: SnapshotEncoding): void {
    const value = styledValue(encoding, this.#properties.get(encoding.name) ?? NO_SHAPE);
    this.#named.set(encoding.name, value);
    this.#inOrder.push(value);
    if (!value.isObject || !value.explode || value.style !== 'form') return;
    for (const name of value.shape.properties.keys()) this.#spread.set(name, value);
  }

  /** Of a query or a form: `a=1&b=2`, without "?". */
  readQuery(text: string): Input {
    const value = Object.create(null) as Record<string, unknown>;
    let repeated: string | null = null;
    for (let from = text.startsWith('?') ? 1 : 0; from < text.length; ) {
      const found = text.indexOf('&', from);
      const end = found === -1 ? text.length : found;
      if (end > from) {
        const equals = text.indexOf('=', from);
        const split = equals === -1 || equals > end ? end : equals;
        const name = decodeText(text.slice(from, split));
        if (!this.#put(value, name, text.slice(Math.min(split + 1, end), end))) repeated ??= name;
      }
      from = end + 1;
    }
    return { value, repeated };
  }

  /** Of the header field Cookie (RFC 6265 §4.2). A name that nobody described may occur as often as it likes. */
  readCookies(header: string): Input {
    const value = Object.create(null) as Record<string, unknown>;
    let repeated: string | null = null;
    for (const part of header.split(';')) {
      const equals = part.indexOf('=');
      const name = part.slice(0, equals === -1 ? undefined : equals).trim();
      if (!this.#named.has(name) && !this.#spread.has(name)) continue;
      const text = equals === -1 ? '' : part.slice(equals + 1).trim();
      const bare = text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
      if (!this.#put(value, name, bare.replaceAll('+', '%2B'))) repeated ??= name;
    }
    return { value, repeated };
  }

  /** Header fields by their names in lower case. They are not percent-encoded. */
  readHeaders(headers: readonly string[]): Input {
    const joined = new Map<string, string>();
    for (let i = 0; i < headers.length; i += 2) {
      const name = (headers[i] ?? '').toLowerCase();
      if (!this.#named.has(name)) continue;
      const before = joined.get(name);
      joined.set(name, before === undefined ? (headers[i + 1] ?? '') : `${before},${headers[i + 1]}`);
    }
    const value = Object.create(null) as Record<string, unknown>;
    for (const [name, text] of joined) {
      const field = this.#named.get(name);
      const raw = encoded(field?.isList === true ? text.replace(/[ \t]*,[ \t]*/g, ',') : text);
      if (field !== undefined) value[name] = readStyled(field, raw);
    }
    return { value, repeated: null };
  }

  /** Of a path: its parts in the order of its template, decoded. */
  readPath(params: readonly string[] | null): Input {
    const value = Object.create(null) as Record<string, unknown>;
    for (const [index, field] of this.#inOrder.entries()) {
      const raw = params?.[index];
      if (raw !== undefined) value[field.name] = readStyled(field, encoded(raw));
    }
    return { value, repeated: null };
  }

  /** Of a part of a form that is a text already. */
  readPlain(value: Record<string, unknown>, name: string, text: string): boolean {
    return this.#put(value, name, encoded(text));
  }

  shapeOf(name: string): TextShape | null {
    return this.#properties.get(name) ?? null;
  }

  /** False when a field that is no list occurs again. */
  #put(value: Record<string, unknown>, name: string, raw: string): boolean {
    const field = this.#named.get(name);
    if (field === undefined) return this.#putPart(value, name, raw);
    const before = value[name];
    if (field.isList && field.explode) {
      const item = convertText(decodeText(raw), field.shape.item);
      if (Array.isArray(before)) before.push(item);
      else value[name] = [item];
      return true;
    }
    if (before !== undefined) return false;
    value[name] = readStyled(field, raw);
    return true;
  }

  /** A part of an object (`filter[color]`, or a bare property of an exploded one), or a name that is not described. */
  #putPart(value: Record<string, unknown>, name: string, raw: string): boolean {
    const bracket = name.indexOf('[');
    const deep = bracket > 0 && name.endsWith(']') ? this.#named.get(name.slice(0, bracket)) : undefined;
    const owner = deep?.style === 'deepObject' ? deep : this.#spread.get(name);
    if (owner === undefined) {
      // Nobody said that it is no list: the first one stands for all.
      value[name] ??= decodeText(raw);
      return true;
    }
    const key = owner === deep ? name.slice(bracket + 1, -1) : name;
    if (typeof value[owner.name] !== 'object') value[owner.name] = Object.create(null);
    const object = value[owner.name] as Record<string, unknown>;
    const shape = owner.shape.properties.get(key) ?? null;
    const before = object[key];
    if (shape?.kinds.has('list') === true) {
      const item = convertText(decodeText(raw), shape.item);
      if (Array.isArray(before)) before.push(item);
      else object[key] = [item];
    } else if (before !== undefined) return false;
    else object[key] = convertText(decodeText(raw), shape);
    return true;
  }
}

const NO_SHAPE: TextShape = { kinds: new Set(), item: null, properties: new Map() };

/** So that decoding gives the text back. */
function encoded(text: string): string {
  return /[%+]/.test(text) ? text.replaceAll('%', '%25').replaceAll('+', '%2B') : text;
}
