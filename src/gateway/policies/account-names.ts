import type { Exchange } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { comparable, parseFields } from './read-fields.ts';

/**
 * The accounts that the body of a log-in names: JSON, a form, or the form with parts that browsers send for files. Every field of
 * the list counts, at the top or one level down (`user[email]`, `{ user: { email } }`), so that a field nobody reads does not
 * hide the one that is read. Empty for bodies of other kinds (XML-RPC), which are limited by address alone.
 */
export async function accountNames(
  x: Exchange,
  body: Buffer,
  fields: ReadonlySet<string>,
): Promise<readonly string[] | Refusal> {
  const type = x.contentType ?? '';
  if (/^multipart\/form-data/i.test(type.trim())) return named(await partsOf(body, type), fields);
  const parsed = parseFields(x, body);
  if (!('code' in parsed)) return named(pairsOf(parsed.values), fields);
  return parsed.code === 'body-type-unsupported' ? [] : parsed;
}

type Pair = readonly [name: string, value: unknown];

function named(pairs: readonly Pair[], fields: ReadonlySet<string>): string[] {
  const values: unknown[] = [];
  for (const [name, value] of pairs) {
    const last = /\[([^[\]]+)\]$/.exec(name)?.[1] ?? name;
    if (fields.has(name) || fields.has(last)) values.push(...[value].flat().filter((one) => typeof one !== 'object'));
  }
  return comparable(values);
}

function pairsOf(values: unknown): Pair[] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]): Pair[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value as Record<string, unknown>)
      : [[name, value]],
  );
}

async function partsOf(body: Buffer, type: string): Promise<Pair[]> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return [...form.entries()];
  } catch {
    // What cannot be taken apart names nobody; its address is limited all the same.
    return [];
  }
}
