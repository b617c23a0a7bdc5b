import type { Direction, JsonObject } from './description.ts';
import { isObject, type OpenapiDocument } from './document.ts';

/** References and "allOf" within one another are followed so far. */
const MAX_STEPS = 8;

/** Whether a property may not occur in this direction: it, or what it refers to, is read-only or write-only. */
export function readOnlyOrWriteOnly(document: OpenapiDocument, property: unknown, direction: Direction): boolean {
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  let current = property;
  for (let steps = 0; steps < MAX_STEPS && isObject(current); steps++) {
    if (current[keyword] === true) return true;
    if (typeof current.$ref !== 'string') return false;
    current = quietTarget(document, current.$ref);
  }
  return false;
}

/** The names of a schema's properties, and of those that it joins, which may not occur in this direction. */
export function hiddenNames(document: OpenapiDocument, schema: JsonObject, direction: Direction): ReadonlySet<string> {
  const names = new Set<string>();
  // Without this keyword there is nothing to require away.
  if (!Array.isArray(schema.required)) return names;
  const visit = (part: unknown, steps: number): void => {
    if (!isObject(part) || steps > MAX_STEPS) return;
    if (typeof part.$ref === 'string') visit(quietTarget(document, part.$ref), steps + 1);
    if (isObject(part.properties)) {
      for (const [name, property] of Object.entries(part.properties)) {
        if (readOnlyOrWriteOnly(document, property, direction)) names.add(name);
      }
    }
    // Short lists only: each joins others, and a hostile document would multiply them.
    if (Array.isArray(part.allOf) && part.allOf.length <= 10 && steps < 3) {
      for (const item of part.allOf) visit(item, steps + 1);
    }
  };
  visit(schema, 0);
  return names;
}

/** Faults of references are reported where the reference is converted. */
function quietTarget(document: OpenapiDocument, ref: string): unknown {
  let value: unknown = document.root;
  for (const step of ref.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
