import { hash } from 'node:crypto';
import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { bodyJson } from '../validation/body-json.ts';
import { bodyKind, mediaTypeOf } from '../validation/media-type.ts';

const UNSUPPORTED: Refusal = { code: 'body-type-unsupported' };

/**
 * The fields of a JSON or form body. Anything else is refused: a body that the gateway cannot read but the application can
 * would slip past the limit.
 */
export function parseFields(x: Exchange, body: Buffer): { values: unknown } | Refusal {
  const kind = bodyKind(mediaTypeOf(x.contentType));
  if (kind === 'json') {
    const parsed = bodyJson(x, body);
    return 'reason' in parsed ? { code: 'body-malformed', detail: parsed.reason } : { values: parsed.value };
  }
  if (kind === 'form') return { values: formFields(body) };
  return UNSUPPORTED;
}

/** A field that was sent several times is a list: applications differ in which of them they take. */
function formFields(body: Buffer): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(body.toString('latin1'))) {
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

/** What stands at a path in parsed fields; undefined where nothing does. Own properties only. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  let value = values;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The values at a path as comparable texts, each once; empty when there are none. Of a list every member counts. */
export function fieldsAt(values: unknown, path: readonly string[]): string[] {
  return comparable([valueAt(values, path)].flat());
}

/**
 * Values as texts under which they are counted: white space, capitals and Unicode variants make no new value. Objects count by
 * their JSON, so that wrapping a value does not escape the limit for long.
 */
export function comparable(values: readonly unknown[]): string[] {
  const texts = new Set<string>();
  for (const value of values) {
    if (value === null || value === undefined || value === '') continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const plain = text.normalize('NFKC').replace(IGNORED, '').toLowerCase();
    if (plain !== '') texts.add(plain.length > LONG ? hash('sha256', plain, 'base64') : plain);
    if (texts.size === MOST_VALUES) break;
  }
  return [...texts];
}

/** White space, and characters that are not seen. */
const IGNORED = /[\s\p{Cf}]+/gu;
const LONG = 128;
const MOST_VALUES = 8;
