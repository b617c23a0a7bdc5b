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
  if (kind === 'form') return { values: Object.fromEntries(new URLSearchParams(body.toString('latin1'))) };
  return UNSUPPORTED;
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

/**
 * The value at a path as one comparable text: white space, capitals and Unicode variants make no new value. Null when there is
 * none. Lists and objects count by their JSON, so that wrapping a value does not escape the limit for long.
 */
export function fieldOf(values: unknown, path: readonly string[]): string | null {
  const value = valueAt(values, path);
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.normalize('NFKC').trim().toLowerCase();
}
