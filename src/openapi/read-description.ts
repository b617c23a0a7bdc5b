import { basePathOf, trimmed } from './base-path.ts';
import { SchemaConverter } from './convert-schema.ts';
import type { Description, DescriptionFault, DocumentPath, JsonObject, Operation } from './description.ts';
import { isObject, OpenapiDocument, type Placed, type Version } from './document.ts';
import { readAnswers, readRequestBody } from './read-contents.ts';
import { rawParameters, readParameters } from './read-parameters.ts';
import { readSecurity } from './read-security.ts';
import { readSwaggerAnswers, readSwaggerBody } from './read-swagger.ts';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const MAX_OPERATIONS = 5_000;

/**
 * Reads an OpenAPI 3.0 or 3.1 or Swagger 2.0 document (a plain value, as its JSON or YAML says). Pure: nothing is fetched, and
 * references lead nowhere but into the document. `basePath` takes the place of the document's own. Either the description or at
 * least one fault, each with its place.
 */
export function readDescription(
  value: unknown,
  basePath?: string,
): { description: Description } | { faults: readonly DescriptionFault[] } {
  const version = versionOf(value);
  if (!isObject(value) || version === null) {
    const message = 'This is no OpenAPI document: it begins with "openapi: 3.1.0", "openapi: 3.0.3" or "swagger: 2.0".';
    return { faults: [{ path: [], message }] };
  }
  const document = new OpenapiDocument(value, version);
  const converter = new SchemaConverter(document);
  const operations = readPaths(document, converter, basePath);
  converter.finish();
  if (document.faults.length > 0) return { faults: document.faults };
  const { schemas, sources } = converter;
  return { description: { operations, schemas, sources, warnings: document.warnings } };
}

function versionOf(value: unknown): Version | null {
  if (!isObject(value)) return null;
  if (String(value.swagger) === '2.0' || value.swagger === 2) return '2.0';
  const version = /^3\.([01])(\.\d+)?/.exec(String(value.openapi ?? ''));
  return version === null ? null : (`3.${version[1]}` as Version);
}

function readPaths(document: OpenapiDocument, converter: SchemaConverter, basePath: string | undefined): Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of document.entries(document.root.paths, ['paths'], '"paths"')) {
    const at = ['paths', path];
    if (!path.startsWith('/')) {
      document.fault(at, `The path "${path}" does not begin with "/".`);
      continue;
    }
    const place = document.object(item, at, 'A path');
    if (place === null) continue;
    for (const method of METHODS) {
      if (place.value[method] === undefined) continue;
      const operation = document.object(place.value[method], [...place.path, method], 'An operation');
      if (operation === null) continue;
      if (operations.length >= MAX_OPERATIONS) {
        document.fault(at, `The document has more than ${MAX_OPERATIONS} operations.`);
        return operations;
      }
      const base =
        basePath === undefined ? basePathOf(document, serverLists(document, place, operation)) : trimmed(basePath);
      operations.push(readOperation(document, converter, { method, path: base + path, item: place, operation }));
    }
  }
  return operations;
}

function serverLists(document: OpenapiDocument, item: Placed, operation: Placed) {
  return [
    { value: operation.value.servers, path: [...operation.path, 'servers'] },
    { value: item.value.servers, path: [...item.path, 'servers'] },
    { value: document.root.servers, path: ['servers'] },
  ];
}

type Found = { method: string; path: string; item: Placed; operation: Placed };

function readOperation(
  document: OpenapiDocument,
  converter: SchemaConverter,
  { method, path, item, operation }: Found,
): Operation {
  const lists = [item, operation].map((holder) => ({
    value: holder.value.parameters,
    path: [...holder.path, 'parameters'] as DocumentPath,
  }));
  const value: JsonObject = operation.value;
  const swagger = document.version === '2.0';
  const parameters = readParameters(document, converter, lists);
  const names = [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  for (const { place, name } of parameters) {
    if (place === 'path' && !names.includes(name)) {
      document.fault([...operation.path, 'parameters'], `The path "${path}" has no part {${name}}.`);
    }
  }
  return {
    method: method.toUpperCase(),
    path,
    at: operation.path,
    parameters,
    body: swagger
      ? readSwaggerBody(document, converter, rawParameters(document, lists), operation)
      : readRequestBody(document, converter, value.requestBody, [...operation.path, 'requestBody']),
    answers: swagger
      ? readSwaggerAnswers(document, converter, operation)
      : readAnswers(document, converter, value.responses, [...operation.path, 'responses']),
    security: readSecurity(document, value.security, [...operation.path, 'security']),
  };
}
