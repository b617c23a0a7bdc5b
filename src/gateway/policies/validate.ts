import type { SnapshotRoute } from '../../contracts/snapshot/snapshot-route.ts';
import type { CompiledSchema } from '../../json-schema/compile-schema.ts';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { type InputFault, inputInvalid, knownNames, type Place } from '../validation/input-faults.ts';
import { bodyType, type Input, readHeaders, readInput, readQuery } from '../validation/read-input.ts';
import { type TextFields, textFields } from '../validation/text-fields.ts';
import type { Policy, PolicyContext } from './policy.ts';
import { readBody } from './read-body.ts';

/** One place's schema with all that is worked out from it. */
type Judge = { place: Place; schema: CompiledSchema; fields: TextFields; known: ReadonlySet<string> };

/** All faults of a larger input would take long to collect: then the first one is told. */
const MAX_EXPLAINED_BYTES = 16 * 1024;
/** Methods whose requests usually have no body (RFC 9110 §9.3). */
const BODYLESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);
const NOTHING: ReadonlySet<string> = new Set();

/**
 * Is it well-formed? Path, query, headers and body are held against the route's JSON Schemas. What goes upstream is unchanged,
 * byte for byte.
 */
export const validate: Policy = {
  id: 'validate',
  modeOf: (route) => (route.mode === 'enforce' ? (route.validate?.mode ?? 'off') : route.mode),
  create(route, context) {
    if (route.validate === null || route.validate.mode === 'off') return null;
    const path = judgeFor(route, 'path', context);
    const query = judgeFor(route, 'query', context);
    const headers = judgeFor(route, 'headers', context);
    const body = judgeFor(route, 'body', context);
    const names = [...route.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
    const head = (x: Exchange): Refusal | null => {
      if (path === null && query === null && headers === null) return null;
      const faults: InputFault[] = [];
      if (path !== null) judge(path, path.fields.read(pathPairs(names, x.params)), 0, faults);
      if (query !== null) judge(query, readQuery(x, query.fields), x.query.length, faults);
      if (headers !== null) judge(headers, readHeaders(x, headers.fields), 0, faults);
      return faults.length === 0 ? null : inputInvalid(faults);
    };
    if (body === null) return path === null && query === null && headers === null ? null : head;
    return (x) => {
      const refusal = head(x);
      if (x.contentLength > 0 || x.chunked) return judgeBody(x, body, refusal);
      if (BODYLESS.has(x.method)) return refusal;
      return merged(refusal, inputInvalid([missingBody()]));
    };
  },
};

function judgeFor(route: SnapshotRoute, place: Place, context: PolicyContext): Judge | null {
  const schema = route.validate?.[place] ?? null;
  if (schema === null) return null;
  return {
    place,
    schema: context.schemas.get(schema),
    fields: textFields(schema, { emptyIsAbsent: place === 'body' }),
    known: knownNames(schema),
  };
}

async function judgeBody(x: Exchange, body: Judge, head: Refusal | null): Promise<Refusal | null> {
  const type = bodyType(x);
  // Not read: it may be a large file, and in monitor mode it goes on as it comes.
  if (typeof type !== 'string') return type;
  const bytes = await readBody(x);
  if (!Buffer.isBuffer(bytes)) return bytes;
  if (bytes.length === 0) return BODYLESS.has(x.method) ? head : merged(head, inputInvalid([missingBody()]));
  const input = readInput(bytes, type, body.fields);
  if ('code' in input) return input;
  const faults: InputFault[] = [];
  judge(body, input, bytes.length, faults);
  return faults.length === 0 ? head : merged(head, inputInvalid(faults));
}

function judge({ place, schema, fields: _, known }: Judge, input: Input, size: number, faults: InputFault[]): void {
  if (input.repeated !== null) faults.push({ place, rule: brokenRule('repeated', input.repeated), known });
  try {
    if (schema.accepts(input.value)) return;
    for (const rule of schema.explain(input.value, size <= MAX_EXPLAINED_BYTES)) faults.push({ place, rule, known });
  } catch (error) {
    // A value nested so oddly that the schema's own recursion overflows.
    if (!(error instanceof RangeError)) throw error;
    faults.push({ place, rule: brokenRule('too-complex', null), known });
  }
}

function missingBody(): InputFault {
  return { place: 'body', rule: brokenRule('required', null), known: NOTHING };
}

function brokenRule(rule: string, name: string | null): InputFault['rule'] {
  return { pointer: '', rule, name, limit: null };
}

function* pathPairs(names: readonly string[], params: readonly string[] | null): Generator<[string, string]> {
  for (const [index, name] of names.entries()) yield [name, params?.[index] ?? ''];
}

/** The faults of the head before those of the body. */
function merged(head: Refusal | null, body: Refusal): Refusal {
  if (head === null) return body;
  return {
    code: 'input-invalid',
    detail: `${head.detail}; ${body.detail}`,
    faults: [...(head.faults ?? []), ...(body.faults ?? [])].slice(0, 20),
  };
}
