import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from './parse-config.ts';

/** A configuration whose API description is read from a text. */
function parse(document: string) {
  const config =
    'version: 1\nservices:\n  - { name: a, upstream: "http://127.0.0.1:1", openapi: { file: api.yaml } }\n';
  return parseConfig(config, { readFile: () => document });
}

const withSchema = (schemas: unknown) =>
  JSON.stringify({
    openapi: '3.0.0',
    paths: {
      '/a': {
        post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } } } },
      },
    },
    components: { schemas },
  });

const many = <T>(n: number, make: (i: number) => T) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`S${i}`, make(i)]));

describe('documents that are hostile', () => {
  const ref = (i: number) => ({ $ref: `#/components/schemas/S${i}` });
  const nested = (n: number): unknown => (n === 0 ? {} : { properties: { a: nested(n - 1) } });

  test.each<[string, () => string, 'refused' | 'either']>([
    ['10 MB', () => `openapi: 3.0.0\n#${'x'.repeat(10_000_000)}`, 'refused'],
    ['nesting without end', () => '['.repeat(100_000), 'refused'],
    ['schemas nested 2,000 deep', () => withSchema({ S0: nested(2_000) }), 'refused'],
    [
      'references that would grow to 10^30',
      () =>
        withSchema(
          many(31, (i) =>
            i === 30
              ? {}
              : { properties: Object.fromEntries(Array.from({ length: 10 }, (_, k) => [`p${k}`, ref(i + 1)])) },
          ),
        ),
      'either',
    ],
    [
      '"allOf" that would grow to 10^30',
      () => withSchema(many(31, (i) => (i === 30 ? {} : { required: ['x'], allOf: Array(10).fill(ref(i + 1)) }))),
      'either',
    ],
    [
      'a chain of 20,000 references',
      () => withSchema(many(20_000, (i) => (i === 19_999 ? {} : ref(i + 1)))),
      'refused',
    ],
    ['a circle of references', () => withSchema(many(3, (i) => ref((i + 1) % 3))), 'refused'],
    ['a pattern without end', () => withSchema({ S0: { type: 'string', pattern: '^(a|a)*$' } }), 'refused'],
    ['100,000 schemas', () => withSchema({ S0: { anyOf: Array(100_001).fill({}) } }), 'refused'],
    [
      'patterns of 60,000 characters',
      () =>
        withSchema({
          S0: {
            anyOf:
              many(300, (i) => i) && Array.from({ length: 300 }, (_, i) => ({ pattern: `^${'ab'.repeat(100)}${i}$` })),
          },
        }),
      'refused',
    ],
    [
      'aliases that grow',
      () =>
        `a: &a [${Array(50).fill('x')}]\nb: &b [${Array(50).fill('*a')}]\nc: &c [${Array(50).fill('*b')}]\nd: [${Array(50).fill('*c')}]`,
      'refused',
    ],
    ['a reference to an address', () => withSchema({ S0: { $ref: 'http://169.254.169.254/latest' } }), 'refused'],
    ['a reference to a file', () => withSchema({ S0: { $ref: '../../etc/passwd' } }), 'refused'],
  ])('%s', (_, document, verdict) => {
    const text = document();
    const started = performance.now();
    const result = parse(text);
    expect(performance.now() - started).toBeLessThan(8_000);
    if (verdict === 'refused') expect('faults' in result && result.faults.length).toBeGreaterThan(0);
  });

  test('whatever is damaged in a document, it is never thrown', () => {
    const good = withSchema({
      S0: { type: 'object', properties: { a: { nullable: true, allOf: [{ $ref: '#/components/schemas/S1' }] } } },
      S1: { type: 'integer', minimum: 1, exclusiveMinimum: true },
    });
    const damage = fc.tuple(
      fc.nat(good.length),
      fc.nat(30),
      fc.constantFrom('null', '[]', '{}', '"x"', '1', 'true', ',', ':'),
    );
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 3 }), (edits) => {
        const text = edits.reduce((t, [at, length, put]) => t.slice(0, at) + put + t.slice(at + length), good);
        const result = parse(text);
        if ('faults' in result) for (const fault of result.faults) expect(fault.message).toMatch(/^\S.*\.$/s);
      }),
      { numRuns: 400 },
    );
  });
});

test('a fault names the file, the line and the column', () => {
  const result = parse(
    'openapi: 3.0.0\npaths:\n  /a:\n    get:\n      parameters:\n        - { name: a, in: nowhere }\n',
  );
  expect(result).toMatchObject({ faults: [{ file: 'api.yaml', line: 6, column: 11, code: 'openapi-invalid' }] });
});

test('a file that is not there is named', () => {
  const readFile = () => {
    throw new Error('ENOENT');
  };
  const text = 'version: 1\nservices:\n  - { name: a, upstream: "http://127.0.0.1:1", openapi: { file: no.yaml } }\n';
  expect(parseConfig(text, { readFile })).toMatchObject({ faults: [{ code: 'openapi-file', line: 3 }] });
});
