import { isDeepStrictEqual } from 'node:util';
import { parseDocument, stringify } from 'yaml';

/**
 * The rules of one configuration file with the callers and keys of another. Comments and order of both are kept where that is
 * possible. Pure. Throws `RangeError` when one of them is no YAML map.
 */
export function withConsumersOf(rules: string, current: string): string {
  const { consumers: _then, ...rest } = mapOf(rules);
  const { consumers } = mapOf(current);
  const wanted = consumers === undefined ? rest : { ...rest, consumers };
  const document = parseDocument(rules);
  const callers: unknown = parseDocument(current).get('consumers', true);
  if (callers === undefined) document.delete('consumers');
  else document.set('consumers', callers);
  try {
    const text = document.toString({ lineWidth: 0 });
    if (isDeepStrictEqual(mapOf(text), wanted)) return text;
  } catch {
    // Anchors that lead from one file into the other do not survive; then it is written anew.
  }
  return stringify(wanted, { lineWidth: 0, aliasDuplicateObjects: false });
}

function mapOf(text: string): Record<string, unknown> {
  const document = parseDocument(text);
  const value: unknown = document.errors.length > 0 ? null : document.toJS();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError('no YAML map');
  return value as Record<string, unknown>;
}
