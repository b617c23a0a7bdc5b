import type { Contents, OperationShape, Part } from '../contracts/drafts/shape.ts';
import { fieldSchemaOf, type Schema, schemaOf } from './schema-of.ts';

const FORM = 'application/x-www-form-urlencoded';

/** An OpenAPI 3.1 document of what was learnt about one service. Operations whose path ends in `/*` have no place in it. */
export function openapiOf(service: string, operations: readonly OperationShape[]): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  let from: number | null = null;
  let until: number | null = null;
  for (const operation of operations) {
    if (operation.service !== service || operation.path.includes('*')) continue;
    from = Math.min(from ?? operation.from, operation.from);
    until = Math.max(until ?? operation.until, operation.until);
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = operationOf(operation);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${service}, as Nightlatch has seen it`,
      version: until === null ? '0' : day(until),
      description:
        'Drafted from calls that were let in and succeeded. It says what was seen, not what is allowed: read it before you rely on it.',
      ...(from === null ? {} : { 'x-nightlatch-from': day(from) }),
    },
    paths,
  };
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

function operationOf(operation: OperationShape): Schema {
  const parameters = [...parametersOf(operation.params, 'path'), ...parametersOf(operation.query, 'query')];
  const body = bodyOf(operation.request);
  return {
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: body }),
    responses: {
      ...Object.fromEntries(Object.entries(operation.answers).map(([status, answer]) => [status, answerOf(answer)])),
      default: { description: 'Not learnt: only answers of success are.', content: { '*/*': {} } },
    },
    'x-nightlatch-seen': operation.seen,
    'x-nightlatch-open': operation.open,
  };
}

function parametersOf({ shape }: Part, place: 'path' | 'query'): Schema[] {
  const object = shape.object;
  if (object === null || object.kind !== 'record') return [];
  return Object.entries(object.members).map(([name, member]) => ({
    name,
    in: place,
    ...(place === 'path' || member.seen === object.seen ? { required: true } : {}),
    schema: fieldSchemaOf(member),
  }));
}

function bodyOf({ seen, bodies, types }: Contents): Schema | null {
  if (bodies === 0) return null;
  return { ...(seen === bodies ? { required: true } : {}), content: contentOf(types) };
}

function answerOf({ seen, bodies, types }: Contents): Schema {
  return {
    description: `Seen ${seen} times.`,
    ...(bodies === 0 ? {} : { content: contentOf(types) }),
    'x-nightlatch-seen': seen,
  };
}

function contentOf(types: Contents['types']): Schema {
  if (types === null) return { '*/*': {} };
  return Object.fromEntries(
    Object.entries(types).map(([type, part]) => [
      type === '' ? '*/*' : type,
      part === null ? {} : { schema: type === FORM ? formSchemaOf(part) : schemaOf(part.shape) },
    ]),
  );
}

function formSchemaOf({ shape }: Part): Schema {
  const object = shape.object;
  if (object === null || object.kind !== 'record') return { type: 'object' };
  const required = Object.keys(object.members).filter((name) => object.members[name]?.seen === object.seen);
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(object.members).map(([name, member]) => [name, fieldSchemaOf(member)]),
    ),
    ...(required.length === 0 ? {} : { required }),
  };
}
