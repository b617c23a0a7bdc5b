import type { Contents, OperationShape, Shape } from '../../contracts/drafts/shape.ts';
import { shapeOf } from '../../shapes/observe.ts';
import { partOf } from '../../shapes/part.ts';
import type { CompiledRoute, Exchange } from '../exchange.ts';
import { bodyJson } from '../validation/body-json.ts';
import { bodyKind, isReadable, mediaTypeOf } from '../validation/media-type.ts';
import { decodeText } from '../validation/styled-values.ts';

/** `value` is set for content that was read as JSON. */
export type SeenAnswer = { status: number; type: string | null; json: { value: unknown } | null };

/**
 * What one call and its answer looked like; null where that cannot be told, as a body is too long or not what it says: a call
 * teaches as a whole or not at all.
 */
export function observeExchange(
  x: Exchange,
  route: CompiledRoute,
  names: readonly string[],
  answer: SeenAnswer,
  maxBytes: number,
): OperationShape | null {
  const params = fieldsShape(names.map((name, index) => [name, x.params?.[index] ?? '']));
  const query = fieldsShape(pairsOf(x.query.startsWith('?') ? x.query.slice(1) : x.query));
  const request = requestContents(x, maxBytes);
  const content = answerContents(answer);
  if (params === null || query === null || request === null || content === null) return null;
  return {
    ...{ service: route.service, route: route.id, method: x.method, path: route.path },
    open: x.caller === null,
    seen: 1,
    from: x.time,
    until: x.time,
    params: partOf(params),
    query: partOf(query),
    request,
    answers: { [answer.status]: content },
  };
}

const NO_BODY: Contents = { seen: 1, bodies: 0, types: {} };

function requestContents(x: Exchange, maxBytes: number): Contents | null {
  if (x.contentLength <= 0 && !x.chunked) return NO_BODY;
  const type = knownType(mediaTypeOf(x.contentType));
  const kind = bodyKind(type);
  if (kind !== 'json' && kind !== 'form') return { seen: 1, bodies: 1, types: { [type]: null } };
  const { body } = x;
  if (body === null || body.length === 0 || body.length > maxBytes || !isReadable(x)) return null;
  if (kind === 'form') return contentsOf(type, fieldsShape(pairsOf(body.toString('utf8'))));
  const json = bodyJson(x, body);
  return 'reason' in json ? null : contentsOf(type, shapeOf(json.value));
}

function answerContents({ type, json }: SeenAnswer): Contents | null {
  if (type === null) return NO_BODY;
  const known = knownType(type);
  return json === null ? { seen: 1, bodies: 1, types: { [known]: null } } : contentsOf(known, shapeOf(json.value));
}

function contentsOf(type: string, shape: Shape | null): Contents | null {
  return shape === null ? null : { seen: 1, bodies: 1, types: { [type]: partOf(shape) } };
}

/** Empty for what is no content type (RFC 9110 §8.3.1): callers may write anything. */
function knownType(type: string): string {
  return /^[a-z0-9.+_-]{1,40}\/[a-z0-9.+_-]{1,58}$/.test(type) ? type : '';
}

/** Every field as a list of texts: a name may come several times. */
function fieldsShape(pairs: readonly (readonly [string, string])[]): Shape | null {
  const fields = Object.create(null) as Record<string, string[]>;
  for (const [name, text] of pairs) {
    fields[name] ??= [];
    fields[name].push(text);
  }
  return shapeOf(fields);
}

/** The same texts that validation reads. */
function pairsOf(text: string): (readonly [string, string])[] {
  return text.split('&').flatMap((part) => {
    if (part === '') return [];
    const equals = part.indexOf('=');
    const split = equals === -1 ? part.length : equals;
    return [[decodeText(part.slice(0, split)), decodeText(part.slice(split + 1))] as const];
  });
}
