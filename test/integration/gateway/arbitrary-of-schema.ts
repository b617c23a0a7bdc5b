import fc from 'fast-check';

type Schema = Record<string, unknown>;

/** Values that fit a schema, as far as the documents of these tests use the language. `root` holds what `$ref` names. */
export function arbitraryOf(
  schema: unknown,
  root: { $defs: Record<string, Schema> },
  depth = 0,
): fc.Arbitrary<unknown> {
  const at = schema as Schema;
  if (typeof at.$ref === 'string') return arbitraryOf(root.$defs[at.$ref.slice('#/$defs/'.length)], root, depth);
  if (Array.isArray(at.enum)) return fc.constantFrom(...at.enum);
  if (Array.isArray(at.anyOf)) {
    const branches = depth > 3 ? at.anyOf.slice(-1) : at.anyOf;
    return fc.oneof(...branches.map((branch) => arbitraryOf(branch, root, depth + 1)));
  }
  const types = [at.type].flat();
  return fc.oneof(...types.map((type) => ofType(String(type), at, root, depth)));
}

function ofType(
  type: string,
  at: Schema,
  root: { $defs: Record<string, Schema> },
  depth: number,
): fc.Arbitrary<unknown> {
  const least = (at.exclusiveMinimum as number | undefined) ?? (at.minimum as number | undefined) ?? -1000;
  switch (type) {
    case 'integer':
      return fc.integer({ min: at.exclusiveMinimum === undefined ? least : least + 1, max: 100_000 });
    case 'number':
      return fc.double({ min: least, minExcluded: true, max: 1e6, noNaN: true });
    case 'string': {
      const maxLength = (at.maxLength as number | undefined) ?? 40;
      const minLength = (at.minLength as number | undefined) ?? 0;
      // Lengths count characters (JSON Schema Validation §6.3.1).
      return fc
        .array(fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 1 }), { minLength, maxLength })
        .map((units) => [...units.join('')].slice(0, maxLength).join(''));
    }
    case 'array': {
      const minLength = (at.minItems as number | undefined) ?? 0;
      const maxLength = depth > 3 ? minLength : Math.max(minLength, 3);
      return fc.array(arbitraryOf(at.items, root, depth + 1), { minLength, maxLength });
    }
    case 'null':
      return fc.constant(null);
    default: {
      const required = new Set((at.required as string[] | undefined) ?? []);
      const fields = Object.entries((at.properties as Schema | undefined) ?? {}).filter(
        ([name, value]) => value !== false && (depth <= 3 || required.has(name)),
      );
      const model = Object.fromEntries(fields.map(([name, value]) => [name, arbitraryOf(value, root, depth + 1)]));
      return fc.record(model, { requiredKeys: fields.map(([name]) => name).filter((name) => required.has(name)) });
    }
  }
}
