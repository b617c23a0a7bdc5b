import type { SchemaConverter } from './convert-schema.ts';
import type { DocumentPath, JsonObject, Parameter, ParameterPlace, ParameterStyle } from './description.ts';
import { isObject, type OpenapiDocument, type Placed } from './document.ts';

const PLACES: Readonly<Record<string, ParameterPlace>> = {
  path: 'path',
  query: 'query',
  header: 'headers',
  cookie: 'cookies',
};
const DEFAULT_STYLE = { path: 'simple', query: 'form', headers: 'simple', cookies: 'form' } as const;
const STYLES: Readonly<Record<ParameterPlace, readonly ParameterStyle[]>> = {
  path: ['simple', 'label'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  headers: ['simple'],
  cookies: ['form'],
};
/** Described by other parts of the document (OpenAPI 3.1 §4.8.12); the gateway's own key never reaches the application. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization', 'x-api-key']);

/** The parameters of an operation: its own take the place of those of its path with the same name and place. */
export function readParameters(
  document: OpenapiDocument,
  converter: SchemaConverter,
  lists: readonly { value: unknown; path: DocumentPath }[],
): Parameter[] {
  return rawParameters(document, lists).flatMap((raw) => readParameter(document, converter, raw) ?? []);
}

/** Parameter objects with their references followed. Swagger's "body" and "formData" are among them. */
export function rawParameters(
  document: OpenapiDocument,
  lists: readonly { value: unknown; path: DocumentPath }[],
): Placed[] {
  const found = new Map<string, Placed>();
  for (const { value, path } of lists) {
    for (const [index, item] of document.list(value, path, '"parameters"').entries()) {
      const placed = document.object(item, [...path, index], 'A parameter');
      if (placed !== null) found.set(`${placed.value.in} ${placed.value.name}`, placed);
    }
  }
  return [...found.values()];
}

function readParameter(
  document: OpenapiDocument,
  converter: SchemaConverter,
  { value, path }: Placed,
): Parameter | null {
  const place = PLACES[String(value.in)];
  if (document.version === '2.0' && (value.in === 'body' || value.in === 'formData')) return null;
  if (place === undefined || typeof value.name !== 'string' || value.name === '') {
    document.fault(path, 'A parameter needs a name, and "in": path, query, header or cookie.');
    return null;
  }
  const name = place === 'headers' ? value.name.toLowerCase() : value.name;
  if (place === 'headers' && IGNORED_HEADERS.has(name)) return null;
  const form =
    document.version === '2.0' ? swaggerForm(document, place, value, path) : styleOf(document, place, value, path);
  const source =
    document.version === '2.0' ? { schema: swaggerSchema(value), at: path } : schemaOf(document, value, path);
  if (source === null) return null;
  const schema = converter.add(source.schema, source.at, 'request');
  if (schema === null) return null;
  return { place, name, required: place === 'path' || value.required === true, ...form, schema };
}

type Form = { style: ParameterStyle; explode: boolean };

function styleOf(document: OpenapiDocument, place: ParameterPlace, value: JsonObject, path: DocumentPath): Form {
  if (value.content !== undefined) return { style: 'json', explode: false };
  const style = (value.style ?? DEFAULT_STYLE[place]) as ParameterStyle;
  if (!STYLES[place].includes(style)) {
    document.fault(
      [...path, 'style'],
      `A parameter in ${String(value.in)} can have the style ${STYLES[place].join(', ')}.`,
      value.style === 'matrix'
        ? 'Paths with ";" do not pass the gateway, as applications read them differently.'
        : undefined,
    );
  }
  return { style, explode: typeof value.explode === 'boolean' ? value.explode : style === 'form' };
}

function schemaOf(
  document: OpenapiDocument,
  value: JsonObject,
  path: DocumentPath,
): { schema: unknown; at: DocumentPath } | null {
  if (value.content === undefined) return { schema: value.schema ?? {}, at: [...path, 'schema'] };
  const [type, media] = Object.entries(isObject(value.content) ? value.content : {})[0] ?? [];
  if (type === undefined || !/^application\/(.+\+)?json\b/.test(type) || !isObject(media)) {
    document.fault([...path, 'content'], 'The content of a parameter can be application/json alone.');
    return null;
  }
  return { schema: media.schema ?? {}, at: [...path, 'content', type, 'schema'] };
}

/** Swagger 2.0 writes the schema beside the name; "required" there is about the parameter. */
export function swaggerSchema(value: JsonObject): JsonObject {
  const { required: _, name: _name, in: _in, ...schema } = value;
  return schema;
}

const COLLECTION_FORMATS: Readonly<Record<string, Form>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'tabDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};

/** "collectionFormat" (Swagger 2.0) as a style. */
export function swaggerForm(
  document: OpenapiDocument,
  place: ParameterPlace,
  value: JsonObject,
  path: DocumentPath,
): Form {
  const form = COLLECTION_FORMATS[String(value.collectionFormat ?? 'csv')];
  if (form === undefined) {
    document.fault(
      [...path, 'collectionFormat'],
      `"collectionFormat" is one of ${Object.keys(COLLECTION_FORMATS).join(', ')}.`,
    );
  }
  const comma = form?.style === 'form';
  if (place === 'path' || place === 'headers')
    return { style: comma ? 'simple' : (form?.style ?? 'simple'), explode: false };
  return form ?? { style: 'form', explode: false };
}
