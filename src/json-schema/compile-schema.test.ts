import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileSchema, MAX_RULES } from './compile-schema.ts';
import { SchemaInvalid } from './schema-fault.ts';

type Case = { schema: Record<string, unknown>; at: string; words: string };
const cases = parse(readFileSync(new URL('testdata/schemas.yaml', import.meta.url), 'utf8')) as Case[];

test.each(cases)('$schema is refused', ({ schema, at, words }) => {
  let fault: unknown;
  try {
    compileSchema(schema);
  } catch (error) {
    fault = error;
  }
  if (!(fault instanceof SchemaInvalid)) throw new Error('not refused');
  expect(fault.faults.map(({ path }) => path.join('.'))).toEqual([at]);
  expect(fault.message).toContain(words);
});

test('recursion into the value is allowed, and distinct scalars need no bound', () => {
  const tree = compileSchema({ type: 'object', properties: { kids: { type: 'array', items: { $ref: '#' } } } });
  expect([tree.accepts({ kids: [{ kids: [] }] }), tree.accepts({ kids: [{ kids: 5 }] })]).toEqual([true, false]);
  expect(compileSchema({ uniqueItems: true, items: { type: 'string' } }).accepts(['a', 'a'])).toBe(false);
});

test('of many broken rules at most twenty are told', () => {
  const schema = compileSchema({ type: 'array', items: { type: 'string' } });
  const value = Array.from({ length: 50 }, (_, i) => i);
  expect(schema.explain(value, true)).toHaveLength(MAX_RULES);
  expect(schema.explain(value, false)).toHaveLength(1);
});

/** Sensible schemas, and values that sometimes fit. */
const scalar = fc.constantFrom<Record<string, unknown>[]>(
  ...[
    { type: 'string', maxLength: 4 },
    { type: 'integer', minimum: 0 },
    { type: ['number', 'null'] },
    { enum: ['a', 1] },
  ],
  ...[{ type: 'boolean' }, { not: { type: 'string' } }, { anyOf: [{ type: 'string' }, { minimum: 3 }] }],
);
const schemas = fc.letrec<{ node: Record<string, unknown> }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.record({ type: fc.constant('array'), items: tie('node'), maxItems: fc.nat(5) }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'toString'), tie('node')),
      required: fc.uniqueArray(fc.constantFrom('a', 'b')),
      additionalProperties: fc.boolean(),
    }),
  ),
})).node;
const values = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown[]>('a', 1, -1, 2.5, null, true, 'longer', {}, []),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node')),
    fc.jsonValue(),
  ),
})).node;

test('judges as the validator by itself does, and explains exactly what it refuses', () => {
  const plain = new Ajv2020({ strict: false, ownProperties: true });
  fc.assert(
    fc.property(schemas, fc.array(values, { maxLength: 10 }), (schema, list) => {
      const ours = compileSchema(schema);
      const theirs = plain.compile(schema);
      for (const value of list) {
        const accepted = ours.accepts(value);
        expect(accepted).toBe(theirs(value));
        expect(ours.explain(value, true).length === 0).toBe(accepted);
      }
    }),
    { numRuns: 300 },
  );
});
