import type {
  SnapshotContent,
  SnapshotOperation,
  SnapshotParameters,
} from '../../contracts/snapshot/snapshot-openapi.ts';
import type { Exchange } from '../exchange.ts';
import { readBody } from '../policies/read-body.ts';
import type { Refusal } from '../refusal.ts';
import { type InputFault, inputInvalid, type Place } from './input-faults.ts';
import { bodyFault, type Judge, judgeInput, mergedRefusal } from './judge-input.ts';
import { type BodyKind, bodyKind, headerOf, isReadable, mediaTypeOf } from './media-type.ts';
import { readJson, readParts, readStyledForm, UNSUPPORTED } from './read-input.ts';
import type { ServiceLibrary } from './service-library.ts';
import { StyledFields } from './styled-fields.ts';

type Parameters = { readonly judge: Judge; readonly fields: StyledFields };
type Content = { readonly kind: BodyKind; readonly judge: Judge | null; readonly fields: StyledFields | null };
type Contents = {
  readonly required: boolean;
  readonly exact: ReadonlyMap<string, Content>;
  readonly ranges: readonly [string, Content][];
};

/** Holds requests against one operation of an API description: everything about it is worked out when this is made. */
export function createOperationCheck(
  operation: SnapshotOperation,
  library: ServiceLibrary,
): (x: Exchange) => Refusal | null | Promise<Refusal | null> {
  const path = parametersOf(operation.path, 'path', library);
  const query = parametersOf(operation.query, 'query', library);
  const headers = parametersOf(operation.headers, 'headers', library);
  const cookies = parametersOf(operation.cookies, 'cookies', library);
  const body = operation.body === null ? null : contentsOf(operation.body, library);
  const head = (x: Exchange): InputFault[] | null => {
    const faults: InputFault[] = [];
    if (path !== null) judgeInput(path.judge, path.fields.readPath(x.params), 0, faults);
    if (query !== null) judgeInput(query.judge, query.fields.readQuery(x.query), x.query.length, faults);
    if (headers !== null) judgeInput(headers.judge, headers.fields.readHeaders(x.upstreamHeaders), 0, faults);
    if (cookies !== null) judgeInput(cookies.judge, cookies.fields.readCookies(headerOf(x, 'cookie') ?? ''), 0, faults);
    return faults.length === 0 ? null : faults;
  };
  const looksAtHead = path !== null || query !== null || headers !== null || cookies !== null;
  return (x) => {
    const faults = looksAtHead ? head(x) : null;
    const refusal = faults === null ? null : inputInvalid(faults);
    if (x.contentLength <= 0 && !x.chunked) {
      return body?.required === true ? mergedRefusal(refusal, [bodyFault('required')]) : refusal;
    }
    if (body === null) return mergedRefusal(refusal, [bodyFault('additionalProperties')]);
    const content = contentFor(body, mediaTypeOf(x.contentType));
    if (content === null) return UNSUPPORTED;
    if (content.judge === null) return refusal;
    if (!isReadable(x)) return UNSUPPORTED;
    return judgeBody(x, body, content, content.judge, refusal);
  };
}

async function judgeBody(
  x: Exchange,
  { required }: Contents,
  { kind, fields }: Content,
  judge: Judge,
  head: Refusal | null,
): Promise<Refusal | null> {
  const bytes = x.body ?? (await readBody(x));
  if (!Buffer.isBuffer(bytes)) return bytes;
  if (bytes.length === 0) return required ? mergedRefusal(head, [bodyFault('required')]) : head;
  let input: ReturnType<typeof readJson>;
  if (kind === 'json' || fields === null) {
    input = kind === 'text' ? { value: bytes.toString('utf8'), repeated: null } : readJson(x, bytes);
  } else input = kind === 'form' ? readStyledForm(bytes, fields) : await readParts(x, bytes, fields);
  if ('code' in input) return input;
  const faults: InputFault[] = [];
  judgeInput(judge, input, bytes.length, faults);
  return mergedRefusal(head, faults);
}

function parametersOf(value: SnapshotParameters | null, place: Place, library: ServiceLibrary): Parameters | null {
  if (value === null) return null;
  const fields = new StyledFields(library.root.$defs[value.schema], library.root, value.parameters);
  return { judge: { place, schema: library.schemas.get(value.schema), known: library.known }, fields };
}

function contentsOf(body: NonNullable<SnapshotOperation['body']>, library: ServiceLibrary): Contents {
  const exact = new Map<string, Content>();
  const ranges: [string, Content][] = [];
  for (const content of body.contents) {
    const compiled = compileContent(content, library);
    if (content.type.endsWith('/*')) ranges.push([content.type === '*/*' ? '' : content.type.slice(0, -1), compiled]);
    else exact.set(content.type, compiled);
  }
  // The narrower range counts (OpenAPI 3.1 §4.8.13).
  ranges.sort(([a], [b]) => b.length - a.length);
  return { required: body.required, exact, ranges };
}

function compileContent({ type, schema, encodings }: SnapshotContent, library: ServiceLibrary): Content {
  const kind = bodyKind(type);
  if (schema === null || kind === 'opaque') return { kind, judge: null, fields: null };
  const judge: Judge = { place: 'body', schema: library.schemas.get(schema), known: library.known };
  const isForm = kind === 'form' || kind === 'multipart';
  return { kind, judge, fields: isForm ? new StyledFields(library.root.$defs[schema], library.root, encodings) : null };
}

function contentFor({ exact, ranges }: Contents, type: string): Content | null {
  const found = exact.get(type);
  if (found !== undefined) return found;
  for (const [prefix, content] of ranges) if (type.startsWith(prefix) && type !== '') return content;
  return null;
}
