import { describe, expect, test } from 'vitest';
import type { OperationShape, Shape } from '../contracts/drafts/shape.ts';
import { mergeShapes } from './merge.ts';
import { isMemberName } from './names.ts';
import { shapeOf } from './observe.ts';
import { partOf } from './part.ts';
import { published } from './published.ts';
import { roundedDown, roundedUp } from './rounding.ts';
import { schemaOf } from './schema-of.ts';

const shape = (value: unknown): Shape => {
  const found = shapeOf(value);
  if (found === null) throw new Error('too large');
  return found;
};
const nothing = partOf(shape({}));

/** What is published of `values` that came in a member of this name. */
function learnt(name: string, values: readonly unknown[]) {
  const answer = values.map((value) => shape({ [name]: value })).reduce(mergeShapes);
  const operation: OperationShape = {
    ...{ service: 's', route: 'r', method: 'GET', path: '/', open: false, seen: 1, from: 0, until: 0 },
    ...{ params: nothing, query: nothing, request: { seen: 1, bodies: 0, types: {} } },
    answers: { 200: { seen: 1, bodies: 1, types: { 'application/json': partOf(answer) } } },
  };
  return JSON.stringify(published(operation));
}
const often = (words: readonly unknown[], times = 30) => words.flatMap((word) => Array<unknown>(times).fill(word));

describe('words leave the memory only as an enumeration beyond doubt', () => {
  test('a state is one', () => {
    expect(learnt('state', often(['paid', 'open', 'in-transit']))).toContain('"in-transit":30');
    expect(learnt('state', often(['PAID', 'OPEN', null]))).toContain('"PAID":30');
  });

  test.each([
    ['too few texts', 'state', often(['paid', 'vacant'], 20)],
    ['a word that came once', 'state', [...often(['paid', 'vacant']), 'secretword']],
    ['too many words', 'state', often('xa xb xc xd xe xf xg xh xi'.split(' '))],
    ['a name of a person', 'shade', often(['marina', 'Tobias'])],
    ['a field about somebody', 'firstName', often(['marina', 'tobias'])],
    ['a free text', 'note', often(['fragile', 'gift'])],
    ['a secret', 'apiToken', often(['alpha', 'beta'])],
    ['a long one', 'state', often(['a-very-long-word-of-theirs'])],
    ['digits', 'state', often(['a7', 'b8'])],
  ])('%s is none', (_, name, values) => {
    const text = learnt(name, values);
    for (const value of new Set(values)) expect(text).not.toContain(String(value));
  });
});

test.each([
  ['email', true],
  ['first_name', true],
  ['items[]', true],
  ['$type', true],
  ['marina@blueharbour.example', false],
  ['2026', false],
  ['20260105', false],
  ['order12345', false],
  ['3f2a9c10-77aa-4b4e-8a52-0f3e7c1b2d4e', false],
  ['nl_live_AB12CD34EF', false],
  ['Marina Holt', false],
  ['constructor', false],
  ['__proto__', false],
])('%s as the name of a member: %s', (name, is) => expect(isMemberName(name)).toBe(is));

test('names that are values make a table, and so do too many', () => {
  expect(schemaOf(shape({ '7': { stock: 3 }, '12': { stock: 5 } }))).toMatchObject({
    type: 'object',
    additionalProperties: { type: 'object', properties: { stock: { type: 'integer', minimum: 2, maximum: 5 } } },
  });
  const many = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`shelf${i}`, true]));
  expect(JSON.stringify(schemaOf(shape(many)))).not.toContain('shelf');
});

test('bounds of numbers are rounded outwards', () => {
  const cases = [0, 0.001, 0.3, 1, 7, 42, 199.99, 1e15, -0.001, -3, -42, 1e300, -1e300, Number.POSITIVE_INFINITY];
  expect(cases.map((value) => [roundedDown(value), roundedUp(value)])).toEqual([
    ...[
      [0, 0],
      [0, 0.01],
      [0.2, 0.5],
      [1, 1],
      [5, 10],
      [20, 50],
      [100, 200],
      [1e15, 1e15],
      [-0.01, 0],
      [-5, -2],
    ],
    ...[
      [-50, -20],
      [5e15, null],
      [null, -5e15],
      [5e15, null],
    ],
  ]);
});

test('an object is learnt with what is always there and what is not', () => {
  const both = mergeShapes(shape({ id: 1, note: null }), shape({ id: 2.5, tags: ['a b'] }));
  expect(schemaOf(both)).toMatchObject({
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'number', minimum: 1, maximum: 5 },
      note: { type: 'null' },
      tags: { type: 'array', items: { type: 'string', maxLength: 3 } },
    },
  });
});
