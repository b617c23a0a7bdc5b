import { expect, test } from 'vitest';
import { compileSchema } from '../../json-schema/compile-schema.ts';
import { faultWords } from './fault-words.ts';

const CASES: [Record<string, unknown>, unknown, string][] = [
  [{ required: ['a'] }, {}, 'is missing'],
  [{ type: ['string', 'null'] }, 1, 'must be a text or null'],
  [{ type: 'array' }, 1, 'must be a list'],
  [{ additionalProperties: false }, { a: 1 }, 'is not expected here'],
  [{ unevaluatedProperties: false }, { a: 1 }, 'is not expected here'],
  [{ minLength: 1 }, '', 'must have at least 1 character'],
  [{ maxLength: 2 }, 'abc', 'must have at most 2 characters'],
  [{ minItems: 2 }, [], 'must have at least 2 entries'],
  [{ maxItems: 1 }, [1, 2], 'must have at most 1 entry'],
  [{ minProperties: 1 }, {}, 'must have at least 1 field'],
  [{ maxProperties: 0 }, { a: 1 }, 'must have at most 0 fields'],
  [{ minimum: 2 }, 1, 'must be 2 or more'],
  [{ maximum: 2 }, 3, 'must be 2 or less'],
  [{ exclusiveMinimum: 2 }, 2, 'must be more than 2'],
  [{ exclusiveMaximum: 2 }, 2, 'must be less than 2'],
  [{ multipleOf: 5 }, 3, 'must be a multiple of 5'],
  [{ pattern: '^a$' }, 'b', 'does not have the expected form'],
  [{ format: 'date' }, 'x', 'must be a date such as 2027-01-31'],
  [{ format: 'json-pointer' }, 'x', 'must be in the form "json-pointer"'],
  [{ enum: [1, 2] }, 3, 'must be one of the values offered'],
  [{ const: 1 }, 3, 'must be the one value that is expected'],
  [{ uniqueItems: true, maxItems: 5 }, [1, 1], 'must not have the same entry twice'],
  [{ contains: { type: 'string' }, minContains: 1 }, [1], 'lacks an entry that is expected'],
  [{ prefixItems: [true], items: false, minItems: 1 }, [1, 2], 'has more entries than expected'],
  [{ unevaluatedItems: false }, [1], 'has more entries than expected'],
  [{ propertyNames: { maxLength: 1 } }, { ab: 1 }, 'has a field with an unexpected name'],
  [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'lacks a field that another one needs'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, 'fits none of the forms offered'],
  [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3, 'must fit exactly one of the forms offered'],
  [{ not: { type: 'string' } }, 'a', 'has a form that is not accepted'],
  [{ if: { type: 'string' }, else: { minimum: 2 } }, 1, 'must be 2 or more'],
  [{ properties: { a: false } }, { a: 1 }, 'is not accepted'],
];

test.each(CASES)('%j', (schema, value, words) => {
  const all = compileSchema(schema).explain(value, true).map(faultWords);
  expect(all).toContain(words);
  expect(all).not.toContain('does not fit');
});
