import { expect, test } from 'vitest';
import { fieldsInWords, schemaInWords } from './learnt.ts';
import { english } from './testdata/english.ts';

const CASES = [
  [{ type: 'string', minLength: 1, maxLength: 40 }, 'text, up to 40 characters'],
  [{ type: 'string', minLength: 12, maxLength: 12 }, 'text of 12 characters'],
  [{ type: 'string', enum: ['open', 'paid'] }, 'one of open, paid'],
  [{ type: ['string', 'null'], enum: ['open', null] }, 'one of open, or nothing'],
  [{ type: 'string', format: 'email' }, 'an e-mail address'],
  [{ type: 'string', pattern: '^-?[0-9]+$', maxLength: 10 }, 'a number, written as text'],
  [{ type: 'integer', minimum: 1, maximum: 50 }, 'a whole number from 1 to 50'],
  [{ type: ['number', 'boolean'] }, 'a number or yes or no'],
  [{ type: 'array', items: { type: 'integer' } }, 'a list of: a whole number'],
  [{ type: 'object', additionalProperties: {} }, 'a table with names of its own'],
  [{ type: 'null' }, 'always empty'],
  [{}, 'anything'],
] as const;

test.each(CASES)('%o', (schema, words) => {
  expect(schemaInWords(english.t, structuredClone(schema) as Parameters<typeof schemaInWords>[1])).toBe(words);
});

test('fields within fields, and those that are not always there', () => {
  const order = {
    type: 'object',
    properties: {
      note: { type: 'string', maxLength: 40 },
      items: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
    },
    required: ['items'],
  };
  const fields = fieldsInWords(english.t, {
    parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
    requestBody: { content: { 'application/json': { schema: order } } },
    responses: { '200': { content: { 'application/json': { schema: { type: 'array', items: order } } } }, default: {} },
    ...{ 'x-nightlatch-seen': 3, 'x-nightlatch-open': false },
  });
  expect(fields.map(({ part, name, words }) => `${part} ${name}: ${words}`)).toEqual([
    'query page: a whole number, not always there',
    'body note: text, up to 40 characters, not always there',
    'body items: a list of: a group of fields',
    'body items.sku: text',
    'answer note: text, up to 40 characters, not always there',
    'answer items: a list of: a group of fields',
    'answer items.sku: text',
  ]);
});
