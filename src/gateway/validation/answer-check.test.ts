import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SnapshotOpenapi } from '../../contracts/snapshot/snapshot-openapi.ts';
import { readDescription } from '../../openapi/read-description.ts';
import { createAnswerCheck } from './answer-check.ts';
import { createServiceLibrary } from './service-library.ts';

const file = new URL('../../../test/integration/gateway/testdata/openapi/shop.yaml', import.meta.url);
const read = readDescription(parse(readFileSync(file, 'utf8')));
if (!('description' in read)) throw new Error('refused');
const { operations, schemas } = read.description;

function checkOf(path: string) {
  const described = operations
    .filter((operation) => operation.path === path)
    .map(({ method, answers }) => {
      const contents = answers.map((answer) => ({
        status: answer.status,
        contents: answer.contents.map(({ type, schema }) => ({ type, schema, encodings: [] })),
      }));
      return [
        method,
        { path: null, query: null, headers: null, cookies: null, body: null, answers: contents },
      ] as const;
    });
  const openapi: SnapshotOpenapi = { mode: 'monitor', operations: Object.fromEntries(described) };
  const check = createAnswerCheck(openapi, () => createServiceLibrary(schemas));
  if (check === null) throw new Error('no check');
  return check;
}

const ORDER = { id: 'AB1', customer: 1, items: [{ sku: 'a' }] };
const JSON_TYPE = 'application/json; charset=utf-8';

test.each<[string, number, string | null, unknown, string | null]>([
  ['GET', 200, JSON_TYPE, [ORDER], null],
  ['GET', 200, JSON_TYPE, [], null],
  ['GET', 200, JSON_TYPE, [{ ...ORDER, id: undefined }], 'body[0].id: required'],
  ['GET', 200, JSON_TYPE, [{ ...ORDER, secret: 'leaks' }], 'body[0].secret: false schema'],
  ['GET', 200, JSON_TYPE, [{ ...ORDER, hash: 'leaks' }], 'body[0].{…}: unevaluatedProperties'],
  ['GET', 200, 'text/html', '<html>', 'body: content-type'],
  ['GET', 200, JSON_TYPE, '{', 'body: not-json'],
  ['GET', 204, null, '', 'body: status'],
  ['GET', 404, 'application/problem+json', { title: 'none' }, null],
  ['GET', 404, 'application/problem+json', {}, 'body.title: required'],
  ['GET', 500, JSON_TYPE, {}, 'body: status'],
  ['POST', 201, JSON_TYPE, ORDER, null],
  ['POST', 503, JSON_TYPE, 'x', 'body: additionalProperties'],
  ['PATCH', 200, JSON_TYPE, {}, null],
])('%s %i %s %j', (method, status, type, value, detail) => {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const found = checkOf('/v1/orders')(method, status, type, body);
  expect(found?.detail ?? null).toBe(detail);
  expect(JSON.stringify(found)).not.toContain('leaks');
});

test('a document that says nothing about answers makes no check', () => {
  expect(createAnswerCheck(null, () => createServiceLibrary({}))).toBeNull();
  expect(createAnswerCheck({ mode: 'off', operations: {} }, () => createServiceLibrary({}))).toBeNull();
});
