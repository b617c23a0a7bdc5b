import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { Exchange, PolicyFunction } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { type InputFault, inputInvalid, knownNames, type Place } from '../validation/input-faults.ts';
import { bodyFault, type Judge, judgeInput, mergedRefusal } from '../validation/judge-input.ts';
import { createOperationCheck } from '../validation/operation-check.ts';
import {
  bodyType,
  readCookies,
  readForm,
  readHeaders,
  readJson,
  readParts,
  readQuery,
} from '../validation/read-input.ts';
import { StyledFields } from '../validation/styled-fields.ts';
import { type TextFields, textFields } from '../validation/text-fields.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { readBody } from './read-body.ts';

type FieldJudge = Judge & { readonly fields: TextFields };
type BodyJudge = FieldJudge & { readonly parts: StyledFields };

/** Methods whose requests usually have no body (RFC 9110 §9.3). */
const BODYLESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/**
 * Is it well-formed? Path, query, headers, cookies and body are held against the route's JSON Schemas, or against what the
 * service's API description says. What goes upstream is unchanged, byte for byte.
 */
export const validate: Policy = {
  id: 'validate',
  modeOf: (route) => (route.mode === 'enforce' ? (route.validate?.mode ?? route.openapi?.mode ?? 'off') : route.mode),
  create(route, context) {
    if (route.validate === null) return describedCheck(route, context);
    if (route.validate.mode === 'off') return null;
    const head = headCheck(route, context);
    const body = judgeFor(route, 'body', context);
    if (body === null) return head;
    const schema = route.validate.body;
    const bodyJudge: BodyJudge = { ...body, parts: new StyledFields(schema, schema, []) };
    return (x) => {
      const refusal = head === null ? null : (head(x) as Refusal | null);
      if (x.contentLength > 0 || x.chunked) return judgeBody(x, bodyJudge, refusal);
      return BODYLESS.has(x.method) ? refusal : mergedRefusal(refusal, [bodyFault('required')]);
    };
  },
};

/** What the API description asks, by method. */
function describedCheck({ service, openapi }: SnapshotRoute, context: PolicyContext): PolicyFunction | null {
  if (openapi === null || openapi.mode === 'off') return null;
  const library = context.library(service);
  const checks = new Map(
    Object.entries(openapi.operations).map(([method, operation]) => [method, createOperationCheck(operation, library)]),
  );
  const only = checks.size === 1 ? checks.entries().next().value : undefined;
  // A route for GET takes HEAD too.
  const head = checks.get('HEAD') ?? checks.get('GET');
  return (x) => {
    const check = only?.[0] === x.method ? only[1] : x.method === 'HEAD' ? head : checks.get(x.method);
    return check === undefined ? null : check(x);
  };
}

function headCheck(route: SnapshotRoute, context: PolicyContext): PolicyFunction | null {
  const path = judgeFor(route, 'path', context);
  const query = judgeFor(route, 'query', context);
  const headers = judgeFor(route, 'headers', context);
  const cookies = judgeFor(route, 'cookies', context);
  if (path === null && query === null && headers === null && cookies === null) return null;
  const names = [...route.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  return (x) => {
    const faults: InputFault[] = [];
    if (path !== null) judgeInput(path, path.fields.read(pathPairs(names, x.params)), 0, faults);
    if (query !== null) judgeInput(query, readQuery(x, query.fields), x.query.length, faults);
    if (headers !== null) judgeInput(headers, readHeaders(x, headers.fields), 0, faults);
    if (cookies !== null) judgeInput(cookies, readCookies(x, cookies.fields, cookies.known), 0, faults);
    return faults.length === 0 ? null : inputInvalid(faults);
  };
}

function judgeFor(route: SnapshotRoute, place: Place, context: PolicyContext): FieldJudge | null {
  const schema = route.validate?.[place] ?? null;
  if (schema === null) return null;
  const compiled = context.schemas.get(schema);
  const fields = textFields(schema, { emptyIsAbsent: place === 'body' });
  return { place, schema: compiled, fields, known: knownNames(schema) };
}

async function judgeBody(x: Exchange, body: BodyJudge, head: Refusal | null): Promise<Refusal | null> {
  const type = bodyType(x);
  // Not read: it may be a large file, and in monitor mode it goes on as it comes.
  if (typeof type !== 'string') return type;
  const bytes = await readBody(x);
  if (!Buffer.isBuffer(bytes)) return bytes;
  const faults: InputFault[] = [];
  if (bytes.length > 0) {
    const input =
      type === 'json'
        ? readJson(x, bytes)
        : type === 'form'
          ? readForm(bytes, body.fields)
          : await readParts(x, bytes, body.parts);
    if ('code' in input) return input;
    judgeInput(body, input, bytes.length, faults);
  } else if (!BODYLESS.has(x.method)) faults.push(bodyFault('required'));
  return mergedRefusal(head, faults);
}

function* pathPairs(names: readonly string[], params: readonly string[] | null): Generator<[string, string]> {
  for (const [index, name] of names.entries()) yield [name, params?.[index] ?? ''];
}
