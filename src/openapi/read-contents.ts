import type { SchemaConverter } from './convert-schema.ts';
import type { Answer, Body, Content, Direction, DocumentPath, ParameterStyle } from './description.ts';
import { isObject, type OpenapiDocument } from './document.ts';

/** The request body of an operation (OpenAPI 3); null when it has none. */
export function readRequestBody(
  document: OpenapiDocument,
  converter: SchemaConverter,
  value: unknown,
  path: DocumentPath,
): Body | null {
  if (value === undefined) return null;
  const body = document.object(value, path, 'A request body');
  if (body === null) return null;
  const at = [...body.path, 'content'];
  return {
    required: body.value.required === true,
    contents: readContents(document, converter, body.value.content, at, 'request'),
  };
}

/** The answers of an operation (OpenAPI 3), by status. */
export function readAnswers(
  document: OpenapiDocument,
  converter: SchemaConverter,
  value: unknown,
  path: DocumentPath,
): Answer[] {
  return document.entries(value, path, '"responses"').flatMap(([status, item]) => {
    const answer = document.object(item, [...path, status], 'An answer');
    if (answer === null || !isStatus(document, status, [...path, status])) return [];
    const at = [...answer.path, 'content'];
    return [
      { status: statusName(status), contents: readContents(document, converter, answer.value.content, at, 'answer') },
    ];
  });
}

export function isStatus(document: OpenapiDocument, status: string, path: DocumentPath): boolean {
  if (/^([1-5]\d\d|[1-5][xX]{2}|default)$/.test(status)) return true;
  document.fault(path, 'An answer stands under its status: 200, 2XX or default.');
  return false;
}

export function statusName(status: string): string {
  return status === 'default' ? status : status.toUpperCase();
}

function readContents(
  document: OpenapiDocument,
  converter: SchemaConverter,
  value: unknown,
  path: DocumentPath,
  direction: Direction,
): Content[] {
  return document.entries(value, path, '"content"').flatMap(([type, item]) => {
    const media = document.object(item, [...path, type], 'A content type');
    if (media === null) return [];
    const { schema, encoding } = media.value;
    const name = schema === undefined ? null : converter.add(schema, [...media.path, 'schema'], direction);
    return [{ type: mediaType(type), schema: name, encodings: encodingsOf(encoding) }];
  });
}

/** `application/json; charset=utf-8` → `application/json`. */
export function mediaType(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** How fields of a form are written where it is not the usual way. */
function encodingsOf(value: unknown): Content['encodings'] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, encoding]) => {
    if (!isObject(encoding) || typeof encoding.style !== 'string') return [];
    const explode = typeof encoding.explode === 'boolean' ? encoding.explode : encoding.style === 'form';
    return [{ name, style: encoding.style as ParameterStyle, explode }];
  });
}
