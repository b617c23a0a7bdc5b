import type { JsonObject } from './description.ts';
import { isObject, type OpenapiDocument } from './document.ts';

type Schema = Record<string, unknown>;

/**
 * A discriminator (OpenAPI 3.1 §4.8.25) names the one alternative that counts: the value is judged by that one alone, so that
 * faults are about what the caller meant. Alternatives that are no references have no name and are tried one by one, as is
 * everything when a value of the mapping cannot be told.
 */
export function discriminated(document: OpenapiDocument, schema: JsonObject, converted: Schema): Schema {
  const keyword = Array.isArray(schema.oneOf) ? 'oneOf' : 'anyOf';
  const written = schema[keyword];
  const branches = converted[keyword];
  const discriminator = schema.discriminator;
  if (!Array.isArray(written) || !Array.isArray(branches) || !isObject(discriminator)) return converted;
  const name = discriminator.propertyName;
  if (typeof name !== 'string') return converted;
  const mapping = isObject(discriminator.mapping) ? Object.entries(discriminator.mapping) : [];
  const cases: { values: string[]; schema: unknown }[] = [];
  for (const [index, branch] of written.entries()) {
    const ref = isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : null;
    if (ref === null) return converted;
    const own = ref.slice(ref.lastIndexOf('/') + 1);
    const mapped = mapping.filter(([, to]) => to === ref || to === own).map(([value]) => value);
    cases.push({ values: mapped.length > 0 ? mapped : [own], schema: branches[index] });
  }
  const mappedElsewhere = mapping.some(([value]) => !cases.some(({ values }) => values.includes(value)));
  if (mappedElsewhere) {
    document.warn([], `A discriminator maps "${name}" to a schema that is none of its alternatives.`);
    return converted;
  }
  const { [keyword]: _, ...rest } = converted;
  const judged: Schema = {
    type: 'object',
    properties: { [name]: { enum: cases.flatMap(({ values }) => values) } },
    required: [name],
    allOf: cases.map(({ values, schema: judge }) =>
      Object.fromEntries([
        ['if', { properties: { [name]: { enum: values } }, required: [name] }],
        ['then', judge],
      ]),
    ),
  };
  return Object.keys(rest).length === 0 ? judged : { ...rest, allOf: [...listOf(rest.allOf), judged] };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
