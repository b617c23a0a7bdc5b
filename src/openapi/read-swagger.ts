import type { SchemaConverter } from './convert-schema.ts';
import type { Answer, Body, DocumentPath, JsonObject } from './description.ts';
import { isObject, type OpenapiDocument, type Placed } from './document.ts';
import { isStatus, mediaType, statusName } from './read-contents.ts';
import { swaggerForm, swaggerSchema } from './read-parameters.ts';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** The request body that Swagger 2.0 describes by a "body" parameter or by "formData" parameters. */
export function readSwaggerBody(
  document: OpenapiDocument,
  converter: SchemaConverter,
  parameters: readonly Placed[],
  operation: Placed,
): Body | null {
  const types = mediaTypes(document, operation, 'consumes');
  const body = parameters.find(({ value }) => value.in === 'body');
  if (body !== undefined) {
    const schema = converter.add(body.value.schema ?? {}, [...body.path, 'schema'], 'request');
    const contents = (types ?? ['application/json']).map((type) => ({ type, schema, encodings: [] }));
    return { required: body.value.required === true, contents };
  }
  const fields = parameters.filter(({ value }) => value.in === 'formData' && typeof value.name === 'string');
  if (fields.length === 0) return null;
  const holdsFile = fields.some(({ value }) => value.type === 'file');
  const listed = (types ?? []).filter((type) => type === MULTIPART || (type === FORM && !holdsFile));
  const required = fields.filter(({ value }) => value.required === true).map(({ value }) => String(value.name));
  const schema = converter.keep(
    {
      type: 'object',
      properties: Object.fromEntries(
        fields.map(({ value, path }) => [
          String(value.name),
          converter.convert(swaggerSchema(value), path, 'request') ?? {},
        ]),
      ),
      ...(required.length === 0 ? {} : { required }),
    },
    [...operation.path, 'parameters'],
  );
  const encodings = fields
    .filter(({ value }) => value.type === 'array')
    .map(({ value, path }) => ({ name: String(value.name), ...swaggerForm(document, 'query', value, path) }));
  const kinds = listed.length > 0 ? listed : [holdsFile ? MULTIPART : FORM];
  return { required: required.length > 0, contents: kinds.map((type) => ({ type, schema, encodings })) };
}

export function readSwaggerAnswers(document: OpenapiDocument, converter: SchemaConverter, operation: Placed): Answer[] {
  const types = mediaTypes(document, operation, 'produces') ?? ['application/json'];
  const path: DocumentPath = [...operation.path, 'responses'];
  return document.entries(operation.value.responses, path, '"responses"').flatMap(([status, item]) => {
    const answer = document.object(item, [...path, status], 'An answer');
    if (answer === null || !isStatus(document, status, [...path, status])) return [];
    if (answer.value.schema === undefined) return [{ status: statusName(status), contents: [] }];
    const schema = converter.add(answer.value.schema, [...answer.path, 'schema'], 'answer');
    return [{ status: statusName(status), contents: types.map((type) => ({ type, schema, encodings: [] })) }];
  });
}

/** "consumes" and "produces": of the operation, else of the document; null when neither says. */
function mediaTypes(document: OpenapiDocument, operation: Placed, key: 'consumes' | 'produces'): string[] | null {
  const value: JsonObject[string] = operation.value[key] ?? document.root[key];
  return Array.isArray(value) && value.length > 0 && !isObject(value)
    ? value.map((type) => mediaType(String(type)))
    : null;
}
