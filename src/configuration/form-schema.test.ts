import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { FormField } from '../contracts/config/validation-config.ts';
import { compileSchema } from '../json-schema/compile-schema.ts';
import { formSchema } from './form-schema.ts';

type Case = { field: unknown; takes: unknown[]; refuses: unknown[] };
const cases = parse(readFileSync(new URL('testdata/form-fields.yaml', import.meta.url), 'utf8')) as Case[];
const schemaOf = (field: FormField, allowUnknown?: boolean) =>
  compileSchema(formSchema({ fields: { it: field }, ...(allowUnknown === undefined ? {} : { allowUnknown }) }));

test('every type has its cases', () => {
  const types = new Set(cases.map(({ field }) => FormField.parse(field).type));
  expect([...types].sort()).toEqual([...FormField.shape.type.options].sort());
});

test.each(cases)('$field', ({ field, takes, refuses }) => {
  const schema = schemaOf(FormField.parse(field));
  expect(takes.filter((it) => !schema.accepts({ it }))).toEqual([]);
  expect(refuses.filter((it) => schema.accepts({ it }))).toEqual([]);
});

test('a field may be left out unless it is required, and others are refused unless allowed', () => {
  expect(schemaOf({ type: 'date' }).accepts({})).toBe(true);
  expect(schemaOf({ type: 'date', required: true }).accepts({})).toBe(false);
  expect(schemaOf({ type: 'date' }).accepts({ other: 1 })).toBe(false);
  expect(schemaOf({ type: 'date' }, true).accepts({ other: 1 })).toBe(true);
  // A name that every object has is a field only when it is sent.
  expect(
    compileSchema(formSchema({ fields: { constructor: { type: 'text' as const, required: true } } })).accepts({}),
  ).toBe(false);
});

test('whatever is sent, the answer comes at once', () => {
  const schemas = cases.map(({ field }) => schemaOf(FormField.parse(field)));
  const hostile = fc
    .tuple(
      fc.constantFrom('a', '1', 'a.', '@', ' ', '-', '1 ', '😀', '/'),
      fc.integer({ min: 1, max: 50_000 }),
      fc.string(),
    )
    .map(([piece, times, end]) => piece.repeat(times) + end);
  fc.assert(
    fc.property(fc.oneof(hostile, fc.jsonValue()), (it) => {
      const started = performance.now();
      for (const schema of schemas) schema.accepts({ it });
      expect(performance.now() - started).toBeLessThan(1_000);
    }),
    { numRuns: 300 },
  );
});
