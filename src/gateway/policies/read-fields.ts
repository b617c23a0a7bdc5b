import type { Refusal } from '../refusal.ts';

const MALFORMED: Refusal = { code: 'body-malformed' };
const UNSUPPORTED: Refusal = { code: 'body-type-unsupported' };

/**
 * The fields of a JSON or form body. Anything else is refused: a body that the gateway cannot read but the application can
 * would slip past the limit.
 */
export function parseFields(body: Buffer, contentType: string | null): { values: unknown } | Refusal {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || type.endsWith('+json')) {
    try {
      return { values: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
    } catch {
      return MALFORMED;
    }
  }
  if (type === 'application/x-www-form-urlencoded') {
    return { values: Object.fromEntries(new URLSearchParams(body.toString('latin1'))) };
  }
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
