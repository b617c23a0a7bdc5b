import { isKnownFormat } from '../json-schema/known-formats.ts';
import type { Direction, DocumentPath, JsonObject } from './description.ts';
import { discriminated } from './discriminator.ts';
import { isObject, type OpenapiDocument } from './document.ts';
import { hiddenNames, readOnlyOrWriteOnly } from './hidden-properties.ts';

type Schema = Record<string, unknown>;

const MAX_NODES = 100_000;
const MAX_DEPTH = 60;
const MAX_UNIQUE_ITEMS = 500;

const ONE = new Set([
  ...['items', 'contains', 'additionalProperties', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['not', 'if', 'then', 'else'],
]);
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const NAMED = new Set(['properties', 'patternProperties', 'dependentSchemas']);
/** Kept as they stand. `$id` and its kin are kept too: the schema compiler says why they cannot be served. */
const PLAIN = new Set([
  ...['type', 'enum', 'const', 'required', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties', 'multipleOf', 'minContains', 'maxContains', 'dependentRequired'],
  ...['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$data'],
]);

/** Turns the schemas of a document into JSON Schema 2020-12. References stay references, so that nothing grows. */
export class SchemaConverter {
  readonly schemas: Record<string, JsonObject> = {};
  readonly sources = new Map<string, DocumentPath>();
  readonly #document: OpenapiDocument;
  readonly #names = new Map<string, string>();
  readonly #waiting: (() => void)[] = [];
  #nodes = 0;

  constructor(document: OpenapiDocument) {
    this.#document = document;
  }

  /** Keeps a schema under a name of its own. */
  keep(schema: JsonObject, path: DocumentPath): string {
    const name = `s${this.sources.size + 1}`;
    this.sources.set(name, path);
    this.schemas[name] = schema;
    return name;
  }

  /** The name under which a schema of the document is kept. */
  add(schema: unknown, path: DocumentPath, direction: Direction): string | null {
    if (isObject(schema) && typeof schema.$ref === 'string' && Object.keys(schema).length === 1) {
      return this.#refer(schema.$ref, [...path, '$ref'], direction);
    }
    const converted = this.convert(schema, path, direction);
    return converted === null ? null : this.keep(converted, path);
  }

  /** A schema that stands inside another; null with a fault when it is none. Those it refers to are converted by `finish`. */
  convert(schema: unknown, path: DocumentPath, direction: Direction): Schema | null {
    const converted = this.#convert(schema, path, direction, 0);
    if (typeof converted === 'boolean') return converted ? {} : { not: {} };
    return converted;
  }

  /** Converts what was referred to, and what that refers to, each once. */
  finish(): void {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) next();
  }

  #refer(ref: string, at: DocumentPath, direction: Direction): string | null {
    const known = this.#names.get(`${direction} ${ref}`);
    if (known !== undefined) return known;
    const target = this.#document.target(ref, at);
    if (target === null) return null;
    const name = this.keep({}, target.path);
    this.#names.set(`${direction} ${ref}`, name);
    this.#waiting.push(() => {
      this.schemas[name] = this.convert(target.value, target.path, direction) ?? {};
    });
    return name;
  }

  #convert(schema: unknown, path: DocumentPath, direction: Direction, depth: number): Schema | boolean | null {
    const document = this.#document;
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) {
      document.fault(path, 'A schema must be a group of keys.');
      return null;
    }
    if (depth > MAX_DEPTH) {
      document.fault(path, 'This schema is nested too deeply.');
      return null;
    }
    if (++this.#nodes > MAX_NODES) {
      if (this.#nodes === MAX_NODES + 1) document.fault([], `The schemas have more than ${MAX_NODES} parts.`);
      return null;
    }
    const inner = (value: unknown, at: DocumentPath) => this.#convert(value, at, direction, depth + 1) ?? {};
    const result: Schema = {};
    const before31 = document.version !== '3.1';
    if (schema.$ref !== undefined) {
      const name = this.#refer(String(schema.$ref), [...path, '$ref'], direction);
      if (name === null) return null;
      result.$ref = `#/$defs/${name}`;
      // Before 3.1 nothing beside a reference counts, but for "nullable", which is written there all the same.
      if (before31) return isNullable(schema) ? orNull(result) : result;
    }
    for (const [keyword, value] of Object.entries(schema)) {
      const at = [...path, keyword];
      if (PLAIN.has(keyword)) result[keyword] = value;
      else if (ONE.has(keyword)) result[keyword] = inner(value, at);
      else if (LIST.has(keyword) && Array.isArray(value)) {
        result[keyword] = value.map((item, index) => inner(item, [...at, index]));
      } else if (NAMED.has(keyword) && isObject(value)) {
        result[keyword] = Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, inner(item, [...at, name])]),
        );
      } else if (LIST.has(keyword) || NAMED.has(keyword)) document.fault(at, `"${keyword}" has the wrong form.`);
      else if (keyword === 'format' && isKnownFormat(value)) result.format = value;
      else if (keyword === 'uniqueItems' && value === true) this.#uniqueItems(schema, result, at);
    }
    bounds(schema, result);
    if (schema.type === 'file') result.type = 'string';
    this.#hide(schema, result, direction);
    const chosen = discriminated(document, schema, result);
    return before31 && isNullable(schema) ? nullable(chosen) : chosen;
  }

  /** Comparing every entry with every other grows with the square, so it is done for short lists and plain entries alone. */
  #uniqueItems(schema: JsonObject, result: Schema, at: DocumentPath): void {
    const type = isObject(schema.items) ? schema.items.type : undefined;
    const plain = type === 'string' || type === 'number' || type === 'integer' || type === 'boolean';
    if (plain || (typeof schema.maxItems === 'number' && schema.maxItems <= MAX_UNIQUE_ITEMS)) {
      result.uniqueItems = true;
    } else {
      const hint = `Write "maxItems" of at most ${MAX_UNIQUE_ITEMS} beside it.`;
      this.#document.warn(at, 'That entries are unique is not checked in this list.', hint);
    }
  }

  /** Read-only fields are not accepted in requests (OWASP API3:2023), write-only ones not expected in answers. */
  #hide(schema: JsonObject, result: Schema, direction: Direction): void {
    const hidden = hiddenNames(this.#document, schema, direction);
    if (hidden.size > 0 && Array.isArray(result.required)) {
      result.required = result.required.filter((name) => !hidden.has(String(name)));
    }
    if (!isObject(schema.properties) || !isObject(result.properties)) return;
    for (const [name, property] of Object.entries(schema.properties)) {
      if (readOnlyOrWriteOnly(this.#document, property, direction)) {
        (result.properties as Schema)[name] = false;
      }
    }
  }
}

function isNullable(schema: JsonObject): boolean {
  return schema.nullable === true || schema['x-nullable'] === true;
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

/** OpenAPI 3.0 "nullable", Swagger's "x-nullable". */
function nullable(schema: Schema): Schema {
  const onlyTyped = typeof schema.type === 'string' && !('allOf' in schema || 'anyOf' in schema || 'oneOf' in schema);
  if (!onlyTyped || 'not' in schema || 'const' in schema) return Object.keys(schema).length === 0 ? {} : orNull(schema);
  return {
    ...schema,
    type: [schema.type, 'null'],
    ...(Array.isArray(schema.enum) && !schema.enum.includes(null) ? { enum: [...schema.enum, null] } : {}),
  };
}

/** Before 3.1 "exclusiveMinimum: true" says how "minimum" is meant; since then it is a number of its own. */
function bounds(schema: JsonObject, result: Schema): void {
  for (const [plain, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (schema[exclusive] === true && schema[plain] !== undefined) result[exclusive] = schema[plain];
    else if (schema[plain] !== undefined) result[plain] = schema[plain];
    if (typeof schema[exclusive] === 'number') result[exclusive] = schema[exclusive];
  }
}
